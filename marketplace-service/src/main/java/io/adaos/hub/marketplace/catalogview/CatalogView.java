package io.adaos.hub.marketplace.catalogview;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The catalog at one moment, in catalog order; a change makes another view. */
public final class CatalogView {
    /*
     * Notes on the cost of a change.
     *
     * A catalog may hold 100,000 entries and change many times a second, so a change must not sort
     * or hash them all again. The view keeps two sorted arrays, one in catalog order and one by
     * identity; a change copies both and moves one reference. The names of skills are hashed only
     * when a scenario asks for them, and handed on to the next view when they did not change.
     */

    /** As {@link io.adaos.hub.contracts.catalog.CatalogEntry#ORDER}. */
    private static final Comparator<CatalogItem> LISTED =
            Comparator.comparing(CatalogItem::kind)
                    .thenComparing(item -> item.name().toLowerCase(Locale.ROOT))
                    .thenComparing(item -> item.ref().id());
    private static final Comparator<ArtifactRef> IDENTITY =
            Comparator.comparing(ArtifactRef::kind).thenComparing(ArtifactRef::id);
    private static final Comparator<CatalogItem> IDENTIFIED =
            Comparator.comparing(CatalogItem::ref, IDENTITY);

    private final CatalogItem[] listed;
    private final CatalogItem[] identified;
    private volatile Set<String> skillNames;    // null until a scenario asks

    private CatalogView(CatalogItem[] listed, CatalogItem[] identified, Set<String> skillNames) {
        this.listed = listed;
        this.identified = identified;
        this.skillNames = skillNames;
    }

    /** A catalog without entries. */
    public static CatalogView empty() {
        return new CatalogView(new CatalogItem[0], new CatalogItem[0], Set.of());
    }

    /**
     * The view of a whole list, which may be made of items that {@link #known} gave. Of items that
     * come twice, as they may when the catalog changes between two pages, the newer revision
     * counts. When nothing changed, the answer is this view itself.
     */
    public CatalogView replacedBy(List<CatalogItem> items) {
        Map<ArtifactRef, CatalogItem> newest = new HashMap<>();
        for (CatalogItem item : items) {
            newest.merge(item.ref(), known(item),
                    (first, second) -> second.revision() > first.revision() ? second : first);
        }
        CatalogItem[] sorted = newest.values().toArray(CatalogItem[]::new);
        Arrays.sort(sorted, LISTED);
        if (sameItems(sorted)) {
            return this;
        }
        CatalogItem[] byIdentity = sorted.clone();
        Arrays.sort(byIdentity, IDENTIFIED);
        return new CatalogView(sorted, byIdentity, null);
    }

    /** The item this view has, when it says the same; else the one given. */
    public CatalogItem known(CatalogItem item) {
        return find(item.ref()).filter(item::sameAs).orElse(item);
    }

    /** The view after a fact; this view itself when it already knows that revision. */
    public CatalogView with(CatalogEntryUpserted fact) {
        CatalogItem item = CatalogItem.of(fact.entry()).madeBy(fact.correlationId());
        Optional<CatalogItem> known = find(item.ref());
        if (known.isPresent() && known.get().revision() >= item.revision()) {
            return this;
        }
        CatalogItem[] nextListed = known
                .map(old -> moved(listed, old, item, LISTED))
                .orElseGet(() -> inserted(listed, item, LISTED));
        CatalogItem[] nextIdentified = known
                .map(old -> moved(identified, old, item, IDENTIFIED))
                .orElseGet(() -> inserted(identified, item, IDENTIFIED));
        boolean sameNames = item.kind() == ArtifactKind.SCENARIO
                || known.filter(old -> old.name().equals(item.name())).isPresent();
        return new CatalogView(nextListed, nextIdentified, sameNames ? skillNames : null);
    }

    /** The number of entries. */
    public int size() {
        return listed.length;
    }

    /** The item at this place in catalog order, from 0. */
    public CatalogItem at(int place) {
        return listed[place];
    }

    /** The place after the last item of this kind and of those before it in catalog order. */
    public int endOf(ArtifactKind kind) {
        int low = 0;
        int high = listed.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (listed[middle].kind().compareTo(kind) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The item of this identity. */
    public Optional<CatalogItem> find(ArtifactRef ref) {
        int low = 0;
        int high = identified.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = IDENTITY.compare(identified[middle].ref(), ref);
            if (order == 0) {
                return Optional.of(identified[middle]);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /** The place of this identity in catalog order. */
    public OptionalInt placeOf(ArtifactRef ref) {
        return find(ref)
                .map(item -> OptionalInt.of(Arrays.binarySearch(listed, item, LISTED)))
                .orElseGet(OptionalInt::empty);
    }

    /** Whether a skill goes by this folded name or id. */
    public boolean offersSkill(String foldedName) {
        Set<String> names = skillNames;
        if (names == null) {
            names = namesOfSkills();
            skillNames = names;
        }
        return names.contains(foldedName);
    }

    private Set<String> namesOfSkills() {
        Set<String> names = new HashSet<>();
        for (CatalogItem item : listed) {
            if (item.kind() == ArtifactKind.SKILL) {
                names.add(SearchText.fold(item.ref().id()));
                names.add(SearchText.fold(item.name()));
            }
        }
        return names;
    }

    private boolean sameItems(CatalogItem[] others) {
        if (others.length != listed.length) {
            return false;
        }
        for (int i = 0; i < others.length; i++) {
            if (others[i] != listed[i]) {
                return false;
            }
        }
        return true;
    }

    private static CatalogItem[] inserted(
            CatalogItem[] items, CatalogItem item, Comparator<CatalogItem> order) {
        int place = -Arrays.binarySearch(items, item, order) - 1;
        CatalogItem[] next = new CatalogItem[items.length + 1];
        System.arraycopy(items, 0, next, 0, place);
        next[place] = item;
        System.arraycopy(items, place, next, place + 1, items.length - place);
        return next;
    }

    private static CatalogItem[] moved(CatalogItem[] items, CatalogItem old, CatalogItem item,
            Comparator<CatalogItem> order) {
        int place = Arrays.binarySearch(items, old, order);
        if (order.compare(old, item) == 0) {
            CatalogItem[] next = items.clone();
            next[place] = item;
            return next;
        }
        CatalogItem[] without = new CatalogItem[items.length - 1];
        System.arraycopy(items, 0, without, 0, place);
        System.arraycopy(items, place + 1, without, place, items.length - place - 1);
        return inserted(without, item, order);
    }
}
