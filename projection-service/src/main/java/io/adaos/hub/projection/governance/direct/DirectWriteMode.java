package io.adaos.hub.projection.governance.direct;

/** How strict the hub is with skills that send raw updates. */
public enum DirectWriteMode {
    /** Everything is measured and reported, nothing refused for where it writes. */
    OBSERVE,
    /** Narrow undeclared writes pass with a warning; broad and foreign ones are refused. */
    WARN,
    /** What is not declared is refused. */
    ENFORCE
}
