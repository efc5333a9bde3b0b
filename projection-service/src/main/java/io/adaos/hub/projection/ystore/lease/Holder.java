package io.adaos.hub.projection.ystore.lease;

/**
 * A process that may own webspaces.
 *
 * @param name different for every process and every life of one
 * @param address where clients of its webspaces find it, at most 100 characters
 * @param terms how long it may own them
 */
public record Holder(String name, String address, LeaseTerms terms) {

    /** A close frame holds 123 bytes, a few words of ours among them. */
    private static final int ADDRESS_MAX = 100;

    public Holder {
        if (name.isBlank() || address.isBlank() || address.length() > ADDRESS_MAX) {
            throw new IllegalArgumentException("not a name and address of a replica: '"
                    + name + "', '" + address + "'");
        }
    }
}
