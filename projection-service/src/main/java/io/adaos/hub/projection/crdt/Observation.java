package io.adaos.hub.projection.crdt;

/** The standing order of one observer; it ends with {@link #close}. */
public final class Observation implements AutoCloseable {
    private final Observers observers;
    final DocObserver observer;
    final TypeNode scope;       // what it looks at, with everything inside; null = the document

    Observation(Observers observers, DocObserver observer, TypeNode scope) {
        this.observers = observers;
        this.observer = observer;
        this.scope = scope;
    }

    /** The observer is not called any more; closing twice does nothing. */
    @Override
    public void close() {
        observers.remove(this);
    }
}
