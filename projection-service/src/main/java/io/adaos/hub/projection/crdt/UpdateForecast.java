package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.PlannedPlaces.Place;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Follows a plan through a document without changing it. */
final class UpdateForecast {
    /*
     * Notes.
     *
     * Deletes come last, as in `Doc.apply`. A branch that is deleted takes everything inside with
     * it, so whatever is inside of a deleted unit touches nothing of its own. The same holds for
     * a branch that is new: the key it stands at is touched.
     *
     * One effect reaches further than places and deletes: naming the middle of a surrogate pair
     * as a neighbour cuts the pair, and both halves become U+FFFD. No honest client does so with
     * a text it does not write to; a hostile one can, and then that text is touched.
     */

    private final StructStore store;
    private final DecodedUpdate update;
    private final IntegrationPlan plan;
    private final int pathsMax;
    private final PathFinder paths;
    private final PlannedPlaces places;
    private final Set<DocPath> touched = new LinkedHashSet<>();
    private final Set<TypeNode> touchedLists = new HashSet<>();     // by identity, as equals is
    private int newStructs;
    private int hiddenStructs;
    private boolean overflow;

    UpdateForecast(StructStore store, DecodedUpdate update, IntegrationPlan plan, int pathsMax) {
        this.store = store;
        this.update = update;
        this.plan = plan;
        this.pathsMax = pathsMax;
        this.places = new PlannedPlaces(store);
        this.paths = new PathFinder(update.deleted());
    }

    /** What would change by this update. */
    static UpdateFit fitOf(StructStore store, DecodedUpdate update, IntegrationPlan plan) {
        if (plan.waitingCount() > 0 || plan.countBeyond(update.deleted(), store) > 0) {
            return UpdateFit.GAP;
        }
        boolean known = update.blocks().stream()
                .allMatch(block -> block.plannedClock == block.client.nextClock());
        return known && isDeleted(store, update.deleted()) ? UpdateFit.KNOWN : UpdateFit.NEW;
    }

    private static boolean isDeleted(StructStore store, DeleteSet deleted) {
        boolean[] all = {true};
        deleted.forEach((id, clock, length) -> {
            ClientStructs client = store.known(id);
            int position = client.positionOf(clock);
            while (all[0] && position != ClientStructs.NONE
                    && client.at(position).clock() < clock + length) {
                all[0] = client.at(position).isDeleted();
                position = client.next(position);
            }
        });
        return all[0];
    }

    /** Everything that can be said; {@code somethingWaits} in the document already. */
    UpdatePreview preview(boolean somethingWaits) {
        plan.ready().forEach(this::add);
        update.deleted().forEach(this::delete);

        UpdateFit fit = fitOf(store, update, plan);
        boolean complete = fit != UpdateFit.GAP && !overflow
                && (!somethingWaits || newStructs == 0);
        int structs = 0;
        SortedSet<Long> writers = new TreeSet<>();
        for (StructBlock block : update.blocks()) {
            structs += block.structs.size();
            if (block.plannedClock > block.client.nextClock() || block.restFrom >= 0) {
                writers.add(block.client.id);
            }
        }
        return new UpdatePreview(
                fit, touched, complete, structs, newStructs, hiddenStructs, writers);
    }

    private void add(Struct struct) {
        long next = places.nextClock(struct.client());
        if (struct.end() <= next) {
            return;
        }
        if (struct instanceof Item item) {
            checkCut(item.originClient(), item.originClock() + 1);
            checkCut(item.rightOriginClient(), item.rightOriginClock());
        }
        Place place = places.add(struct);
        newStructs++;
        if (place.isNowhere() || place.type().get().isDeleted()) {
            hiddenStructs++;
        } else if (!place.isNew()) {
            note((Item) struct, next, place);
        }
    }

    /** A text is touched when one of its surrogate pairs is cut before this unit. */
    private void checkCut(ClientStructs client, long clock) {
        if (client == null || clock == 0 || clock >= client.nextClock()) {
            return;
        }
        if (client.find(clock) instanceof Item item && !item.isDeleted() && item.clock() < clock
                && item.content() instanceof ContentString text
                && text.cutsPair((int) (clock - item.clock()))) {
            touch(item.type(), item.parentSub);
        }
    }

    private void note(Item item, long from, Place place) {
        TypeNode type = place.type().get();
        boolean vanishes = item.content() instanceof ContentDeleted
                || update.deleted().containsAll(item.client().id, from, item.end() - from);
        if (vanishes && (place.key() == null || type.liveEntry(place.key()) == null)) {
            return;
        }
        touch(type, place.key());
    }

    private void delete(long id, long clock, long length) {
        ClientStructs client = store.known(id);
        if (client == null || clock >= client.nextClock()) {
            return;
        }
        int position = client.positionOf(clock);
        while (position != ClientStructs.NONE && client.at(position).clock() < clock + length) {
            if (client.at(position) instanceof Item item && !item.isDeleted()) {
                touch(item.type(), item.parentSub);
            }
            position = client.next(position);
        }
    }

    private void touch(TypeNode type, String key) {
        if (overflow || key == null && !touchedLists.add(type)) {
            return;
        }
        Optional<DocPath> path = paths.of(type);
        path.map(outer -> key == null ? outer : outer.with(new PathStep.Key(key)))
                .ifPresent(touched::add);
        if (touched.size() > pathsMax) {
            touched.clear();
            overflow = true;
        }
    }
}
