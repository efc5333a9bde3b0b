package io.adaos.hub.projection.crdt;

/**
 * A foreign update that a document has read and not applied: made by {@link Doc#propose}, applied
 * by the same document as long as nothing else has changed it.
 */
public final class ProposedUpdate {
    final Doc doc;
    final long moment;
    final DecodedUpdate decoded;
    final IntegrationPlan plan;
    private final UpdatePreview preview;

    ProposedUpdate(Doc doc, long moment, DecodedUpdate decoded, IntegrationPlan plan,
            UpdatePreview preview) {
        this.doc = doc;
        this.moment = moment;
        this.decoded = decoded;
        this.plan = plan;
        this.preview = preview;
    }

    /** What it would do. */
    public UpdatePreview preview() {
        return preview;
    }
}
