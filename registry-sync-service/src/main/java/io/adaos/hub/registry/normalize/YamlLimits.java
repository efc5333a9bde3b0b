package io.adaos.hub.registry.normalize;

/**
 * How much one manifest may ask of us.
 *
 * @param bytesMax of the file
 * @param depthMax mappings and sequences inside each other
 * @param weightMax of the document with every alias written out: 8 per value plus its characters
 */
public record YamlLimits(int bytesMax, int depthMax, long weightMax) {

    /** 1 MiB, 64 levels, 2 Mi of weight; a manifest of 20 KB weighs about 40,000. */
    public static final YamlLimits DEFAULT = new YamlLimits(1 << 20, 64, 2L << 20);
}
