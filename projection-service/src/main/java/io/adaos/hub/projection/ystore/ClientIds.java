package io.adaos.hub.projection.ystore;

/**
 * A run of replica numbers that belongs to the server's writers of one webspace.
 *
 * @param first the smallest of them
 * @param last the greatest of them
 */
public record ClientIds(long first, long last) {

    public ClientIds {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("no run of client ids: " + first + ".." + last);
        }
    }

    /** Whether this id is one of them. */
    public boolean contains(long id) {
        return first <= id && id <= last;
    }
}
