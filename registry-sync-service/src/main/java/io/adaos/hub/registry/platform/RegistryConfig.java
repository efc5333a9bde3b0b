package io.adaos.hub.registry.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** What an operator may set about pushes: {@code hub.push.*}, environment {@code HUB_PUSH_*}. */
@ConfigMapping(prefix = "hub.push")
public interface RegistryConfig {

    /** Bytes of a packed archive; {@code quarkus.http.limits.max-body-size} must be larger. */
    @WithDefault("67108864")
    long archiveBytesMax();

    /** Bytes of a packed archive that comes in JSON. */
    @WithDefault("16777216")
    long jsonArchiveBytesMax();

    /** Bytes of all unpacked files together. */
    @WithDefault("134217728")
    long unpackedBytesMax();

    /** Regular files in an archive. */
    @WithDefault("10000")
    int filesMax();

    /** Where each process makes a folder for what is being pushed. */
    @WithDefault("${java.io.tmpdir}")
    Path tempDir();

    /** Bytes of a manifest. */
    @WithDefault("1048576")
    int manifestBytesMax();
}
