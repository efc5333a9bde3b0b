package io.adaos.hub.projection.gateway;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.write.direct.RawWriter;
import io.adaos.hub.runtime.security.Caller;
import io.adaos.hub.runtime.security.Scope;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/** Decides who may open a socket, and to which webspace; knows no document. */
public final class SocketAdmission {

    /** The decision about who asks. */
    public sealed interface Entry {

        /**
         * The caller is known.
         *
         * @param judgedAgain who the caller is by what is in force now
         */
        record Admitted(Caller caller, Supplier<Optional<Caller>> judgedAgain) implements Entry {
        }

        /** The socket is closed at once. */
        record Refused(CloseReason reason, String detail) implements Entry {
        }
    }

    /** The decision about one socket. */
    sealed interface Verdict {

        /**
         * The caller is known, and the webspace has a name that can exist.
         *
         * @param judgedAgain who the caller is by what is in force now
         */
        record Known(WebspaceId webspace, Caller caller, Supplier<Optional<Caller>> judgedAgain)
                implements Verdict {

            /** Whether the credential is still in force, with the same rights here. */
            boolean stillHolds() {
                return judgedAgain.get()
                        .map(now -> new Known(webspace, now, judgedAgain))
                        .filter(now -> now.writer().equals(writer())
                                && now.mayRead() == mayRead())
                        .isPresent();
            }

            /** Whether it may see the document. */
            boolean mayRead() {
                return caller.may(Scope.webspaceRead(webspace.value()));
            }

            /** Whether it is an operator's, who may write everywhere. */
            boolean isOperator() {
                return caller.may(Scope.ADMIN);
            }

            /** Who its updates come from; which of them it may send is judged one by one. */
            RawWriter writer() {
                return RawWriter.of(caller.subject(), isOperator(),
                        caller.may(Scope.webspaceWrite(webspace.value())));
            }
        }

        /** The socket is closed at once. */
        record Refused(CloseReason reason, String detail) implements Verdict {
        }
    }

    private final BiPredicate<String, String> origins;
    private final Function<String, Optional<Caller>> authenticator;

    /** @param origins whether a page of an origin, null for none, may ask a host */
    public SocketAdmission(BiPredicate<String, String> origins,
            Function<String, Optional<Caller>> authenticator) {
        this.origins = origins;
        this.authenticator = authenticator;
    }

    /** Judges origin, credential and name, in this order. */
    Verdict judge(SocketRequest request) {
        Entry entry = enter(request);
        if (entry instanceof Entry.Refused refused) {
            return new Verdict.Refused(refused.reason(), refused.detail());
        }
        Entry.Admitted admitted = (Entry.Admitted) entry;
        try {
            return new Verdict.Known(WebspaceId.of(request.webspace()), admitted.caller(),
                    admitted.judgedAgain());
        } catch (IllegalArgumentException e) {
            return new Verdict.Refused(CloseReason.WEBSPACE_UNKNOWN, "unknown webspace");
        }
    }

    /** Judges origin and credential, in this order. */
    public Entry enter(SocketRequest request) {
        if (!origins.test(request.origin().orElse(null), request.host().orElse(null))) {
            return new Entry.Refused(CloseReason.NOT_ALLOWED, "origin not allowed");
        }
        if (request.tokens().isEmpty()) {
            return new Entry.Refused(CloseReason.UNAUTHENTICATED, "no token");
        }
        if (request.tokens().size() > 1 || request.tokens().get(0).isBlank()) {
            return new Entry.Refused(CloseReason.MALFORMED, "send exactly one token");
        }
        String token = request.tokens().get(0);
        return authenticator.apply(token)
                .<Entry>map(caller -> new Entry.Admitted(
                        caller, () -> authenticator.apply(token)))
                .orElseGet(() -> new Entry.Refused(
                        CloseReason.UNAUTHENTICATED, "token unknown or expired"));
    }
}
