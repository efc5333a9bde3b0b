package io.adaos.hub.operations.compat;

/**
 * The body of {@code POST /api/skills/install} and {@code /api/scenarios/install}. What the older
 * interface could switch off (validation, probes) is always done here, so those members are not
 * read.
 *
 * @param name of the artifact, required
 * @param pin wanted version, absent for the newest
 * @param asyncOperation answer when it is accepted instead of when it has ended
 * @param webspaceId where it is shown, default {@code desktop}
 */
public record LegacyInstallRequest(
        String name, String pin, Boolean asyncOperation, String webspaceId) {
}
