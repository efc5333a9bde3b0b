package io.adaos.hub.runtime.outbox.relay;

/** The head row: how far facts are numbered, and how far they are published. */
record OutboxHead(String epoch, long sequence, long published) {
}
