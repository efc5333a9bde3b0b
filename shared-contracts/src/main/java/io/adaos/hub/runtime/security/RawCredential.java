package io.adaos.hub.runtime.security;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the three headers of a request say together about its credential. */
sealed interface RawCredential {

    /** No header: an anonymous request. */
    record None() implements RawCredential {
    }

    /** One credential, possibly named in several places. */
    record Given(String raw) implements RawCredential {
    }

    /** Something that must be refused, and why. */
    record Refused(String reason, String detail) implements RawCredential {
    }

    /** Reads the values of {@code Authorization} and of the two bare headers. */
    static RawCredential of(List<String> authorization, List<String> bare) {
        List<String> found = new ArrayList<>();
        for (String value : authorization) {
            int space = value.indexOf(' ');
            if (space < 0 || !value.substring(0, space).equalsIgnoreCase("bearer")) {
                return new Refused("scheme", "Authorization must be 'Bearer <token>'");
            }
            found.add(value.substring(space + 1).strip());
        }
        bare.forEach(value -> found.add(value.strip()));
        Set<String> different = new LinkedHashSet<>(found);
        if (different.isEmpty()) {
            return new None();
        }
        if (different.size() > 1) {
            return new Refused("ambiguous",
                    "The request carries different credentials; send exactly one");
        }
        return new Given(different.iterator().next());
    }
}
