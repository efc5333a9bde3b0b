package io.adaos.hub.cli.up;

import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;

/**
 * What {@code up} was asked to do.
 *
 * @param restart whether a process that ended is started again
 * @param detached whether this is the supervisor that {@code --detach} leaves behind
 */
record UpOptions(HubHome home, DataFolder data, HubAddress address, boolean restart,
        boolean detached, StartTime since) {}
