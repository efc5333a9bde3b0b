package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Follows a plan through a document without changing it. */
final class UpdateForecast {
    /*
     * Notes.
     *
     * Integration decides where a struct belongs from clocks alone: a left or right neighbour, or
     * the parent it names, each in the document or earlier in the plan. So the places of all new
     * structs can be found by doing the same look-ups, in the order of the plan, against the
     * document and a table of what the plan has added so far. Whether a struct becomes a mere
     * remainder is decided the same way.
     *
     * Deletes come last, as in `Doc.apply`. A branch that is deleted takes everything inside with
     * it, so whatever is inside of a deleted unit touches nothing of its own. The same holds for
     * a branch that is new: the key it stands at is touched.
     *
     * One effect reaches further than places and deletes: naming the middle of a surrogate pair
     * as a neighbour cuts the pair, and both halves become U+FFFD. No honest client does so with
     * a text it does not write to; a hostile one can, and then that text is touched.
     */

    /**
     * Where a struct belongs.
     *
     * @param type the type of the document it is put into, directly or inside of new types; empty
     *     = it becomes a remainder
     * @param key its key there; null = list
     * @param isNew whether there is a new type between it and {@code type}
     */
    private record Place(Optional<TypeNode> type, String key, boolean isNew) {
        static final Place NOWHERE = new Place(Optional.empty(), null, false);

        static Place in(TypeNode type, String key) {
            return new Place(Optional.of(type), key, false);
        }

        boolean isNowhere() {
            return type.isEmpty();
        }

        Place insideNew() {
            return new Place(type, null, true);
        }

        Place withKey(String otherKey) {
            return new Place(type, otherKey, isNew);
        }
    }

    private record Planned(Struct struct, Place place) {
        boolean holdsType() {
            return struct instanceof Item item && item.content() instanceof ContentType;
        }
    }

    private final StructStore store;
    private final DecodedUpdate update;
    private final IntegrationPlan plan;
    private final int pathsMax;
    private final PathFinder paths;
    private final Map<ClientStructs, TreeMap<Long, Planned>> added = new HashMap<>();
    private final Map<String, TypeNode> newRoots = new HashMap<>();
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
        TreeMap<Long, Planned> mine = added.computeIfAbsent(struct.client(), id -> new TreeMap<>());
        long next = mine.isEmpty()
                ? struct.client().nextClock() : mine.lastEntry().getValue().struct().end();
        long known = next - struct.clock();
        if (known >= struct.length()) {
            return;
        }
        Place place = struct instanceof Item item ? placeOf(item) : Place.NOWHERE;
        if (known > 0 && !place.isNowhere()) {
            place = placeAt(struct.client(), next - 1);
        }
        mine.put(next, new Planned(struct, place));
        newStructs++;
        if (place.isNowhere() || place.type().get().isDeleted()) {
            hiddenStructs++;
        } else if (!place.isNew()) {
            note((Item) struct, next, place);
        }
    }

    /** As the integrator finds neighbours and parent. */
    private Place placeOf(Item item) {
        Place left = item.originClient() == null
                ? null : placeAt(item.originClient(), item.originClock());
        Place right = item.rightOriginClient() == null
                ? null : placeAt(item.rightOriginClient(), item.rightOriginClock());
        checkCut(item.originClient(), item.originClock() + 1);
        checkCut(item.rightOriginClient(), item.rightOriginClock());
        if (left != null && left.isNowhere() || right != null && right.isNowhere()) {
            return Place.NOWHERE;
        }
        if (item.parent == null) {
            return left != null ? left : right;
        }
        if (item.parent instanceof Parent.RootName root) {
            return Place.in(rootOf(root.name()), item.parentSub);
        }
        Parent.OwnerId owner = (Parent.OwnerId) item.parent;
        return typeAt(owner.client(), owner.clock()).withKey(item.parentSub);
    }

    private TypeNode rootOf(String name) {
        TypeNode known = store.knownRoot(name);
        return known != null ? known : newRoots.computeIfAbsent(
                name, key -> new TypeNode(TypeKind.UNKNOWN, key));
    }

    /** The place of a struct that is in the document or planned. */
    private Place placeAt(ClientStructs client, long clock) {
        if (clock >= client.nextClock()) {
            return plannedAt(client, clock).place();
        }
        return client.find(clock) instanceof Item item
                ? Place.in(item.type(), item.parentSub) : Place.NOWHERE;
    }

    /** The inside of a struct that is in the document or planned. */
    private Place typeAt(ClientStructs client, long clock) {
        if (clock >= client.nextClock()) {
            Planned holder = plannedAt(client, clock);
            return holder.holdsType() ? holder.place().insideNew() : Place.NOWHERE;
        }
        return client.find(clock) instanceof Item item && item.content() instanceof ContentType held
                ? Place.in(held.node, null) : Place.NOWHERE;
    }

    private Planned plannedAt(ClientStructs client, long clock) {
        return added.get(client).floorEntry(clock).getValue();
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
