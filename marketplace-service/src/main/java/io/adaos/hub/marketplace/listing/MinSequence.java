package io.adaos.hub.marketplace.listing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A position the asker has seen elsewhere and wants this answer to include. */
record MinSequence(Source source, long sequence) {

    /** The two services whose truth the marketplace shows. */
    enum Source {
        REGISTRY,
        OPERATIONS
    }

    private static final Pattern FORM = Pattern.compile("(registry|operations):([0-9]{1,18})");

    /** Reads {@code registry:N} or {@code operations:N}. */
    static Optional<MinSequence> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Source source = "registry".equals(matcher.group(1)) ? Source.REGISTRY : Source.OPERATIONS;
        return Optional.of(new MinSequence(source, Long.parseLong(matcher.group(2))));
    }
}
