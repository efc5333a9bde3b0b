package io.adaos.hub.contracts.operation;

/** Fact: the operation now has this state; its revision orders such facts. */
public record OperationChanged(OperationState operation) {
}
