package io.adaos.hub.operations.diagnostics;

import java.util.List;

/** What the services of the hub say of themselves. */
interface ServiceReports {

    /** Asks all of them; blocks, at most for some seconds. Those that do not answer say why. */
    List<BundlePart> read();
}
