package io.adaos.hub.projection.write.diagnostics;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes writes visible that no rule or no owner could be found for. */
@Singleton
public final class MissService {

    private static final Logger LOG = Logger.getLogger(MissService.class);
    private static final String SKILL = "skill:";

    /** By what misses are told apart. */
    public record Slot(WebspaceId webspace, OwnerId owner, String scope, String slot) {
    }

    private final MissTable<Slot, RuleMiss> rules = new MissTable<>(RuleMiss::after);
    private final MissTable<String, OwnerMiss> owners = new MissTable<>(OwnerMiss::after);
    private final NatsMissPublisher publisher;
    private final MeterRegistry meters;
    private final SteadyClock clock;

    MissService(NatsMissPublisher publisher, MeterRegistry meters, SteadyClock clock) {
        this.publisher = publisher;
        this.meters = meters;
        this.clock = clock;
    }

    /** Nobody declared the slot that an owner writes. */
    public void ruleMissing(Slot missed, long bytes, RuleBook book) {
        MissTable.Noted<RuleMiss> noted =
                rules.note(missed, row(missed, bytes, book), clock.millis());
        meters.counter("hub.projection.rule.missing").increment();
        if (noted.isEventDue()) {
            publisher.ruleMissing(noted.row());
        }
        if (noted.isLineDue()) {
            LOG.warnf("event=projection_rule_missing webspaceId=%s owner=%s scope=%s slot=%s "
                            + "manifest_available=%s attempts=%d",
                    missed.webspace(), missed.owner(), missed.scope(), missed.slot(),
                    noted.row().manifestAvailable(), noted.row().attemptTotal());
        }
    }

    /** A credential writes that owns nothing. */
    public void ownerMissing(String credential) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        MissTable.Noted<OwnerMiss> noted = owners.note(
                credential, new OwnerMiss(credential, 1, now, now), clock.millis());
        meters.counter("hub.projection.owner.missing").increment();
        if (noted.isLineDue()) {
            LOG.warnf("event=projection_owner_missing credential=%s attempts=%d",
                    credential, noted.row().attemptTotal());
        }
    }

    List<RuleMiss> ruleMisses() {
        return rules.rows();
    }

    List<OwnerMiss> ownerMisses() {
        return owners.rows();
    }

    long evicted() {
        return rules.evicted() + owners.evicted();
    }

    private RuleMiss row(Slot missed, long bytes, RuleBook book) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Optional<ArtifactRef> skill = skill(missed.owner());
        Optional<RuleLayer> layer = skill.flatMap(book::layer);
        boolean available = layer.filter(RuleLayer::manifestAvailable).isPresent();
        return new RuleMiss(RuleMiss.SCHEMA, missed.owner(),
                skill.map(ArtifactRef::id).orElse(""), missed.scope(), missed.slot(),
                missed.webspace(), available, available,
                layer.map(known -> known.rules().projections().size()).orElse(0),
                layer.map(known -> known.rules().routes().size()).orElse(0),
                1, now, now, bytes);
    }

    private static Optional<ArtifactRef> skill(OwnerId owner) {
        String id = owner.value().startsWith(SKILL) ? owner.value().substring(SKILL.length()) : "";
        return ArtifactRef.NAME.matcher(id).matches()
                ? Optional.of(new ArtifactRef("skill", id)) : Optional.empty();
    }
}
