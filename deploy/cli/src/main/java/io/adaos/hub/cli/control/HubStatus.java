package io.adaos.hub.cli.control;

import java.util.List;

/**
 * What {@code hub status --json} prints.
 *
 * @param state {@code healthy}, {@code unhealthy}, {@code starting}, {@code stopping} or
 *     {@code down}
 */
record HubStatus(String state, String data, List<PartStatus> processes) {}
