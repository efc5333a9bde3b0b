package io.adaos.hub.registry.actions.store;

/** Whose credential publishes, and in which request; kept with what is published. */
public record Publisher(String subject, String correlationId) {
}
