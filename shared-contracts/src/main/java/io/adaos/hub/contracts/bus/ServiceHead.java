package io.adaos.hub.contracts.bus;

/** Where a service's facts are: readers that are behind for long list again. */
public record ServiceHead(String service, String epoch, long sequence) {
}
