package io.adaos.hub.contracts.operation;

/** Who asked: {@code kind} is the part of the subject before the colon, {@code id} the rest. */
public record Initiator(String kind, String id) {

    /** Splits a credential's subject such as {@code user:anna}. */
    public static Initiator ofSubject(String subject) {
        int colon = subject.indexOf(':');
        return colon < 0
                ? new Initiator("user", subject)
                : new Initiator(subject.substring(0, colon), subject.substring(colon + 1));
    }
}
