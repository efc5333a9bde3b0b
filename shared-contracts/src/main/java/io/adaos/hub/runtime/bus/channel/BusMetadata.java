package io.adaos.hub.runtime.bus.channel;

/**
 * Where a received message comes from.
 *
 * @param deliveries how often it was delivered, from 1
 */
public record BusMetadata(String subject, long deliveries) {
}
