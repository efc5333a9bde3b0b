package io.adaos.hub.projection.crdt;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the structs of a plan will belong; the document is not changed. */
final class PlannedPlaces {
    /*
     * Notes.
     *
     * Integration decides where a struct belongs from clocks alone: a left or right neighbour, or
     * the parent it names, each in the document or earlier in the plan. So the places of all new
     * structs can be found by doing the same look-ups, in the order of the plan, against the
     * document and a table of what the plan has added so far. Whether a struct becomes a mere
     * remainder is decided the same way.
     */

    /**
     * Where a struct belongs.
     *
     * @param type the type of the document it is put into, directly or inside of new types; empty
     *     = it becomes a remainder
     * @param key its key there; null = list
     * @param isNew whether there is a new type between it and {@code type}
     */
    record Place(Optional<TypeNode> type, String key, boolean isNew) {
        private static final Place NOWHERE = new Place(Optional.empty(), null, false);

        private static Place in(TypeNode type, String key) {
            return new Place(Optional.of(type), key, false);
        }

        boolean isNowhere() {
            return type.isEmpty();
        }

        private Place insideNew() {
            return new Place(type, null, true);
        }

        private Place withKey(String otherKey) {
            return new Place(type, otherKey, isNew);
        }
    }

    private record Planned(Struct struct, Place place) {
        boolean holdsType() {
            return struct instanceof Item item && item.content() instanceof ContentType;
        }
    }

    private final StructStore store;
    private final Map<ClientStructs, TreeMap<Long, Planned>> added = new HashMap<>();
    private final Map<String, TypeNode> newRoots = new HashMap<>();
    private boolean torn;

    PlannedPlaces(StructStore store) {
        this.store = store;
    }

    /**
     * Whether a plan has an item of which the first units are known as collected, though its
     * parent lives: what is inside of a living type is never collected, so one of the two is
     * forged. yjs fails in the middle of such an item.
     */
    static boolean tearItem(StructStore store, IntegrationPlan plan) {
        if (!plan.cutsItems()) {
            return false;
        }
        PlannedPlaces places = new PlannedPlaces(store);
        for (Struct struct : plan.ready()) {
            if (struct.end() > places.nextClock(struct.client())) {
                places.add(struct);
            }
        }
        return places.torn;
    }

    /** The first clock of a client that is neither in the document nor added. */
    long nextClock(ClientStructs client) {
        TreeMap<Long, Planned> planned = added.get(client);
        return planned == null ? client.nextClock() : planned.lastEntry().getValue().struct().end();
    }

    /** Adds the next struct of the plan; units from {@link #nextClock} on must be in it. */
    Place add(Struct struct) {
        long next = nextClock(struct.client());
        Place place = struct instanceof Item item ? placeOf(item) : Place.NOWHERE;
        if (struct.clock() < next && !place.isNowhere()) {
            place = placeAt(struct.client(), next - 1);
            torn |= place.isNowhere();
        }
        added.computeIfAbsent(struct.client(), client -> new TreeMap<>())
                .put(next, new Planned(struct, place));
        return place;
    }

    /** As the integrator finds neighbours and parent. */
    private Place placeOf(Item item) {
        Place left = item.originClient() == null
                ? null : placeAt(item.originClient(), item.originClock());
        Place right = item.rightOriginClient() == null
                ? null : placeAt(item.rightOriginClient(), item.rightOriginClock());
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
        return client.find(clock) instanceof Item item
                && item.content() instanceof ContentType held
                ? Place.in(held.node, null) : Place.NOWHERE;
    }

    private Planned plannedAt(ClientStructs client, long clock) {
        return added.get(client).floorEntry(clock).getValue();
    }
}
