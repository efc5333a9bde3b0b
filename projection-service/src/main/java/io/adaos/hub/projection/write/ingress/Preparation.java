package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ProjectionMode;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.rules.Resolution;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleQuery;
import io.adaos.hub.projection.write.body.BodyValue;
import io.adaos.hub.projection.write.body.Fingerprint;
import io.adaos.hub.projection.write.body.ValueSize;
import io.adaos.hub.projection.write.body.WriteBody;
import java.util.Optional;

/** The steps of a write that need nothing but the rules: rule, address and size. */
public final class Preparation {

    private final RuleBook book;

    public Preparation(RuleBook book) {
        this.book = book;
    }

    /** What these steps end in. */
    public sealed interface Prepared {

        /** It may be judged. */
        record Ready(DeclaredWrite write) implements Prepared {
        }

        /** Nobody declared the slot. */
        record Missing(RuleQuery query, long bytes) implements Prepared {
        }

        /** It goes no further. */
        record Refused(WriteRefusal refusal, String path, long bytes) implements Prepared {
        }
    }

    /** Takes one write through the steps, in their order. */
    public Prepared prepare(Writer writer, WebspaceId webspace, String slot, WriteBody body) {
        RuleQuery query = new RuleQuery(Optional.of(webspace), body.scope(), slot,
                body.node().orElse(writer.node()), body.userId().or(writer::user));
        long bytes = sizeOf(body.value()).bytes();
        Resolution resolution = book.resolve(query);
        if (resolution instanceof Resolution.Missing) {
            return new Prepared.Missing(query, bytes);
        }
        if (resolution instanceof Resolution.Unavailable unavailable) {
            return refused(HubErrorCode.POLICY_UNAVAILABLE, unavailable.detail(), "", bytes);
        }
        if (resolution instanceof Resolution.NotAllowed notAllowed) {
            return refused(HubErrorCode.PATH_NOT_ALLOWED, notAllowed.detail(), "", bytes);
        }
        Resolution.Found found = (Resolution.Found) resolution;
        String path = DeclaredWrite.pathText(found.path());
        Optional<String> foreign = foreign(writer, found, body);
        return foreign.isPresent()
                ? refused(HubErrorCode.WRONG_OWNER, foreign.get(), path, bytes)
                : sized(query, found, body, path);
    }

    /**
     * Whose slot it is, when the writer may not write it: a skill writes slots it declares itself,
     * and those of scenarios and of the hub; a person writes in its own name.
     */
    private Optional<String> foreign(Writer writer, Resolution.Found found, WriteBody body) {
        if (writer.isTrusted()) {
            return Optional.empty();
        }
        if (writer.user().isPresent()) {
            return body.userId().filter(user -> !user.equals(writer.user().get()))
                    .map(user -> "A person writes in its own name, not as '" + user + "'");
        }
        return found.owner()
                .filter(owner -> owner.kind().equals("skill"))
                .filter(owner -> !writer.skill().equals(Optional.of(owner)))
                .filter(owner -> !declares(writer.skill(), found))
                .map(owner -> "The slot belongs to " + owner);
    }

    private boolean declares(Optional<ArtifactRef> skill, Resolution.Found found) {
        return skill.flatMap(book::layer).filter(layer -> layer.rules().projections().stream()
                .anyMatch(rule -> rule.slot().equals(found.rule().slot())
                        && rule.scope().equals(found.rule().scope()))).isPresent();
    }

    private static Prepared sized(
            RuleQuery query, Resolution.Found found, WriteBody body, String path) {
        ValueSize size = sizeOf(body.value());
        if (body.value() instanceof BodyValue.Invalid invalid) {
            return refused(HubErrorCode.VALUE_INVALID, invalid.detail(), path, size.bytes());
        }
        if (body.value() instanceof BodyValue.Plain value
                && size.over(found.rule().budget()).isEmpty()) {
            Object plain = found.normalized(value.plain());
            return new Prepared.Ready(new DeclaredWrite(query, found.rule(),
                    new BranchWrite.Put(found.path(), plain, mode(found.rule().mode()),
                            body.force()),
                    size.bytes(), Fingerprint.of(plain)));
        }
        return new Prepared.Refused(
                WriteRefusal.tooLarge(size, found.rule().budget()), path, size.bytes());
    }

    private static ValueSize sizeOf(BodyValue value) {
        if (value instanceof BodyValue.Plain plain) {
            return plain.size();
        }
        return value instanceof BodyValue.Oversized oversized
                ? oversized.size() : new ValueSize(0, 0, 0, 0);
    }

    private static BranchWrite.Mode mode(ProjectionMode mode) {
        return switch (mode) {
            case REPLACE -> BranchWrite.Mode.REPLACE;
            case MERGE -> BranchWrite.Mode.MERGE;
            case LIST -> BranchWrite.Mode.LIST;
        };
    }

    private static Prepared refused(HubErrorCode code, String detail, String path, long bytes) {
        return new Prepared.Refused(WriteRefusal.of(code, detail), path, bytes);
    }
}
