package io.adaos.hub.cli.supervise;

/** A child did not come up. */
public final class ChildFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ChildSpec spec;

    ChildFailed(ChildSpec spec, String how) {
        super(spec.name() + " " + how);
        this.spec = spec;
    }

    public ChildSpec spec() {
        return spec;
    }
}
