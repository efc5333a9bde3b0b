package io.adaos.hub.registry.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.FieldProblem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

    private final ManifestReader reader = new ManifestReader(YamlLimits.DEFAULT);

    @Test
    void scalars_ofTheCoreSchema_becomePlainValues() {
        // Given
        String yaml = """
                text: weather
                quoted: "1.0"
                python: 3.10
                count: 12
                hex: 0x1f
                yes: true
                nothing: ~
                word: yes
                tagged: !!str 7
                date: 2026-07-02T00:00:00+00:00
                """;

        // When
        Map<String, Object> root = read(yaml).root().orElseThrow();

        // Then
        assertEquals("weather", root.get("text"));
        assertEquals("1.0", root.get("quoted"));
        assertEquals(new BigDecimal("3.10"), root.get("python"));
        assertEquals(12L, root.get("count"));
        assertEquals(31L, root.get("hex"));
        assertEquals(true, root.get("yes"));
        assertEquals(null, root.get("nothing"));
        assertEquals("yes", root.get("word"));
        assertEquals("7", root.get("tagged"));
        assertEquals("2026-07-02T00:00:00+00:00", root.get("date"));
    }

    @Test
    void markup_inTexts_staysText() {
        // Given
        String yaml = "title: <script>alert(1)</script> & \"x\"\n";

        // When
        Map<String, Object> root = read(yaml).root().orElseThrow();

        // Then
        assertEquals("<script>alert(1)</script> & \"x\"", root.get("title"));
    }

    @Test
    void anchors_andMergeKeys_areWrittenOut() {
        // Given
        String yaml = """
                base: &base {mode: lazy, budget: 5}
                one: {<<: *base, budget: 7}
                two: *base
                """;

        // When
        Map<String, Object> root = read(yaml).root().orElseThrow();

        // Then
        assertEquals(Map.of("mode", "lazy", "budget", 7L), root.get("one"));
        assertEquals(Map.of("mode", "lazy", "budget", 5L), root.get("two"));
    }

    @Test
    void byteOrderMark_infront_isNoPartOfTheText() {
        // Given
        byte[] bytes = "\uFEFFname: x\n".getBytes(StandardCharsets.UTF_8);

        // When
        ManifestDocument document = reader.read("skill.yaml", bytes);

        // Then
        assertEquals(Map.of("name", "x"), document.root().orElseThrow());
    }

    @Test
    void duplicateKeys_atAnyDepth_areAllReportedWithTheirPlace() {
        // Given
        String yaml = """
                name: a
                tools:
                  - name: one
                    name: two
                name: b
                """;

        // When
        List<FieldProblem> problems = read(yaml).problems();

        // Then
        assertEquals(List.of("tools[0].name", "name"),
                problems.stream().map(FieldProblem::path).toList());
        assertTrue(problems.stream().allMatch(problem -> problem.code().equals("duplicate_key")));
        assertTrue(problems.get(0).message().startsWith("line 4, column 5: "), problems.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: [1, 2                         | yaml_syntax
            a: b: c                          | yaml_syntax
            \\ta: 1                          | yaml_syntax
            a: &x [*x]                       | yaml_alias
            a: *nowhere                      | yaml_alias
            a: !!python/object:os.system {}  | yaml_tag
            a: !!binary aGk=                 | yaml_tag
            ? [1]\\n: 2                      | yaml_key
            a: .nan                          | number_out_of_range
            a: -.inf                         | number_out_of_range
            a: 1e400                         | number_out_of_range
            a: 1e99999999999                 | number_out_of_range
            a: "\\ud800"                     | text_not_unicode
            <<: 5                            | yaml_merge
            - a                              | manifest_not_a_mapping
            just text                        | manifest_not_a_mapping
            # nothing                        | manifest_not_a_mapping
            a: 1\\n---\\nb: 2                | yaml_documents
            a: "\\u0000                      | yaml_syntax
            """)
    void badDocument_isRefused_withItsCode(String yaml, String code) {
        // Given
        String text = yaml.replace("\\n", "\n").replace("\\t", "\t");

        // When
        List<FieldProblem> problems = read(text).problems();

        // Then
        assertEquals(List.of(code), problems.stream().map(FieldProblem::code).toList());
        assertTrue(problems.get(0).remedy() != null && !problems.get(0).message().isBlank());
    }

    @Test
    void aliasBomb_isRefused_beforeItGrows() {
        // Given
        StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String all = ("*a" + (i - 1) + ",").repeat(10);
            yaml.append("a").append(i).append(": &a").append(i).append(" [").append(all)
                    .append("]\n");
        }

        // When
        ManifestDocument document = read(yaml.toString());

        // Then
        assertEquals("manifest_too_big", document.problems().get(0).code());
        assertTrue(document.root().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void deepNesting_isRefused_withoutAStackOverflow(String open) {
        // Given
        String yaml = "a: " + open.repeat(100_000);

        // When
        ManifestDocument document = read(yaml);

        // Then
        assertTrue(List.of("manifest_too_deep", "yaml_syntax")
                .contains(document.problems().get(0).code()), document.toString());
    }

    @Test
    void deepNesting_byAliases_isRefused() {
        // Given
        StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= YamlLimits.DEFAULT.depthMax(); i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [*a").append(i - 1)
                    .append("]\n");
        }

        // When
        ManifestDocument document = read(yaml.toString());

        // Then
        assertEquals("manifest_too_deep", document.problems().get(0).code());
        assertTrue(document.root().isEmpty());
    }

    @Test
    void manyAliases_sideBySide_areNotDeep() {
        // Given
        StringBuilder yaml = new StringBuilder("base: &base {a: {b: [c]}}\n");
        for (int i = 0; i < 2 * YamlLimits.DEFAULT.depthMax(); i++) {
            yaml.append("k").append(i).append(": &k").append(i).append(" [*base]\n");
        }

        // When
        ManifestDocument document = read(yaml.toString());

        // Then
        assertEquals(List.of(), document.problems());
    }

    @Test
    void bytesOverTheLimit_areRefused() {
        // Given
        byte[] bytes = new byte[YamlLimits.DEFAULT.bytesMax() + 1];
        Arrays.fill(bytes, (byte) '#');

        // When
        ManifestDocument document = reader.read("skill.yaml", bytes);

        // Then
        assertEquals("manifest_too_long", document.problems().get(0).code());
    }

    @Test
    void bytesThatAreNoUtf8_areRefused() {
        // Given
        byte[] bytes = {'a', ':', ' ', (byte) 0xC3, (byte) 0x28};

        // When
        ManifestDocument document = reader.read("skill.yaml", bytes);

        // Then
        assertEquals("manifest_not_utf8", document.problems().get(0).code());
    }

    @Test
    void mutatedManifests_neverThrow() {
        // Given
        String seedText = """
                name: weather_skill
                version: 2.5.2
                tags: [a, &t b, *t]
                runtime: {python: "3.11", activation: {mode: lazy}}
                text: |
                  folded
                <<: {x: 1}
                """;
        byte[] alphabet = "[]{}:-&*!|>'\"#%@`,?\n\t abc1\\~<\u0000\u00FF".getBytes(
                StandardCharsets.UTF_8);
        long seed = 20261120;
        Random random = new Random(seed);
        int answered = 0;

        // When
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = seedText.getBytes(StandardCharsets.UTF_8);
            for (int change = 0; change < 1 + random.nextInt(4); change++) {
                bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            ManifestDocument document = reader.read("skill.yaml", bytes);
            answered += document.root().isPresent() || !document.problems().isEmpty() ? 1 : 0;
        }

        // Then
        assertEquals(20_000, answered, "seed " + seed);
    }

    private ManifestDocument read(String yaml) {
        return reader.read("skill.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
