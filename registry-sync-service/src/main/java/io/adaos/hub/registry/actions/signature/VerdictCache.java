package io.adaos.hub.registry.actions.signature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers verdicts by all they depend on, so that what is read often is not computed often; safe
 * for many threads. A key that is trusted no more, or other bytes, are another question.
 */
public final class VerdictCache {

    private final Map<Question, SignatureVerdict> verdicts;

    /** @param verdictsMax verdicts remembered, those last asked for */
    public VerdictCache(int verdictsMax) {
        this.verdicts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, SignatureVerdict> eldest) {
                return size() > verdictsMax;
            }
        };
    }

    private record Question(SignatureBlock signature, String hash, Optional<TrustedKey> key) {
    }

    /** What {@link SignatureVerdict#of} says. */
    public SignatureVerdict judge(
            SignatureBlock signature, ContentHash hash, Optional<TrustedKey> key) {
        Question question = new Question(signature, hash.text(), key);
        synchronized (verdicts) {
            SignatureVerdict known = verdicts.get(question);
            if (known != null) {
                return known;
            }
        }
        SignatureVerdict verdict = SignatureVerdict.of(signature, hash, key);
        synchronized (verdicts) {
            verdicts.put(question, verdict);
        }
        return verdict;
    }

    int size() {
        synchronized (verdicts) {
            return verdicts.size();
        }
    }
}
