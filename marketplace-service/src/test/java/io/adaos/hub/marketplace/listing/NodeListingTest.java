package io.adaos.hub.marketplace.listing;

import static io.adaos.hub.marketplace.Artifacts.catalog;
import static io.adaos.hub.marketplace.Artifacts.installedSkill;
import static io.adaos.hub.marketplace.Artifacts.scenario;
import static io.adaos.hub.marketplace.Artifacts.skill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.marketplace.Artifacts.Texts;
import io.adaos.hub.marketplace.catalogview.CatalogView;
import io.adaos.hub.marketplace.installed.InstalledView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeListingTest {

    private static final CatalogView CATALOG = catalog(
            skill("air", "1.0.0",
                    new Texts("Воздух", "Качество воздуха", List.of("Дом"), "user:Anna")),
            skill("clock", "1.0.0",
                    new Texts("Clock", "Time in die Straße", List.of("time"), null)),
            skill("lamp", "2.0.0", new Texts("Lamp", null, List.of("light", "home"), "node:n1")),
            scenario("evening", "1.0.0", "lamp"),
            scenario("holiday", "1.0.0", "shades"));
    private static final InstalledView INSTALLED = InstalledView.empty().replacedBy(List.of(
            installedSkill("hub", "air", "1.0.0"),
            installedSkill("hub", "lamp", "1.0.0"),
            installedSkill("kitchen", "clock", "1.0.0")));

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', value = {
        "                 | hub     | clock lamp evening holiday",
        "                 | kitchen | air lamp evening holiday",
        "                 | attic   | air clock lamp evening holiday",
        "all              | hub     | air clock lamp evening holiday",
        "installed        | hub     | air",
        "installed        | kitchen | clock",
        "installed        | attic   | ''",
        "installable      | hub     | clock evening",
        "update_available | hub     | lamp",
        "blocked          | hub     | holiday",
    })
    void page_statusAndNode_selectTheRows(String status, String node, String ids) {
        // Given
        RowQuery query = query(null, null, status, node);

        // When
        NodeListing.Page page = page(query);

        // Then
        assertEquals(ids, ids(page));
        assertEquals(page.rows().size(), page.total());
    }

    @ParameterizedTest(name = "''{0}'' of {1}: {2}")
    @CsvSource(delimiter = '|', value = {
        "воздух          |          | air",
        "ВОЗДУХА дом     |          | air",
        "anna            |          | air",
        "STRASSE         |          | clock",
        "home light      |          | lamp",
        "home time       |          | ''",
        "e               |          | air clock lamp evening",
        "e               | scenario | evening",
        "'  '            | skills   | air clock lamp",
        "lamp LAMP       |          | lamp",
        "n1              | skill    | lamp",
        "no_such_thing   |          | ''",
        "%               |          | ''",
    })
    void page_words_mustAllOccurSomewhereInTheEntry(String q, String kind, String ids) {
        // Given
        RowQuery query = query(q, kind, "all", "hub");

        // When
        NodeListing.Page page = page(query);

        // Then
        assertEquals(ids, ids(page));
    }

    @ParameterizedTest(name = "{0}+{1}")
    @CsvSource({"0, 2, air clock", "2, 2, lamp evening", "4, 2, holiday", "5, 2, ''",
        "2147483647, 500, ''", "0, 500, air clock lamp evening holiday"})
    void page_offsetAndLimit_cutTheListAndKeepTheTotal(int offset, int limit, String ids) {
        // When
        NodeListing.Page page = on("attic").page(query(null, null, "all", "attic").filter(),
                offset, limit);

        // Then
        assertEquals(ids, ids(page));
        assertEquals(5, page.total());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 20260407})
    void page_pagesOneAfterTheOther_areTheWholeListWhateverTheOrderOfArrival(long seed) {
        // Given
        List<CatalogEntry> entries = new ArrayList<>(IntStream.range(0, 137)
                .mapToObj(i -> skill("skill-" + i, "1.0.0")).toList());
        List<MarketplaceRow> whole = all(entries).rows();
        Collections.shuffle(entries, new Random(seed));

        // When
        List<MarketplaceRow> paged = new ArrayList<>();
        for (int offset = 0; offset < 137; offset += 10) {
            paged.addAll(new NodeListing(
                    catalog(entries.toArray(CatalogEntry[]::new)),
                    InstalledView.empty().on(NodeId.HUB))
                    .page(query(null, null, "all", "hub").filter(), offset, 10).rows());
        }

        // Then
        assertEquals(whole, paged);
    }

    @Test
    void on_nodesWithNothing_shareOneListing() {
        // Given
        MarketplaceSnapshot snapshot = new MarketplaceSnapshot("v1", CATALOG, INSTALLED);

        // When
        NodeListing attic = snapshot.on(new NodeId("attic"));

        // Then
        assertSame(attic, snapshot.on(new NodeId("cellar")));
    }

    private static NodeListing.Page all(List<CatalogEntry> entries) {
        return new NodeListing(
                catalog(entries.toArray(CatalogEntry[]::new)),
                InstalledView.empty().on(NodeId.HUB))
                .page(query(null, null, "all", "hub").filter(), 0, 500);
    }

    private static NodeListing.Page page(RowQuery query) {
        return new MarketplaceSnapshot("v1", CATALOG, INSTALLED).on(query.node())
                .page(query.filter(), query.offset(), query.limit());
    }

    private static NodeListing on(String node) {
        return new MarketplaceSnapshot("v1", CATALOG, INSTALLED).on(new NodeId(node));
    }

    private static RowQuery query(String q, String kind, String status, String node) {
        return RowQueryReader.read(
                new RowQueryReader.Texts(kind, q, status, node, null, null, null));
    }

    private static String ids(NodeListing.Page page) {
        return String.join(" ", page.rows().stream().map(MarketplaceRow::id).toList());
    }
}
