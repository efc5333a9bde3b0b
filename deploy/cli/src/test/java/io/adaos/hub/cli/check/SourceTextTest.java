package io.adaos.hub.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextTest {

    @Test
    void python_blanksCommentsAndDocumentation_andKeepsTexts() {
        // Given
        String source = """
                \"""About data/nodes
                and more.\"""
                x = "a # b" + 'it\\'s'  # ThreadPoolExecutor
                def f():
                    '''asyncio.run(x)'''
                    return f(
                        \"""kept
                text\""")
                """;

        // When
        SourceText read = SourceText.read(source, SourceText.Language.PYTHON);

        // Then
        assertEquals("", read.text().get(0).strip());
        assertEquals("x = \"a # b\" + 'it\\'s'", read.text().get(2).stripTrailing());
        assertEquals("x = \"     \" + '     '", read.code().get(2).stripTrailing());
        assertEquals("", read.text().get(4).strip());
        assertEquals("\"\"\"kept", read.text().get(6).strip());
        assertEquals("\"\"\"", read.code().get(6).strip());
        assertEquals("    \"\"\")", read.code().get(7));
    }

    @Test
    void java_blanksComments_andKeepsTexts() {
        // Given
        String source = "/* data/nodes\n */ char c = '\"'; // x\nString s = \"/* y */\";\n";

        // When
        SourceText read = SourceText.read(source, SourceText.Language.JAVA);

        // Then
        assertEquals("    char c = '\"';", read.text().get(1).stripTrailing());
        assertEquals("String s = \"/* y */\";", read.text().get(2));
        assertEquals("String s = \"       \";", read.code().get(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "'''", "\"\"\"a", "x = '\\",
        "/*", "#", "'\n'\n\"", "\0\uD800"})
    void brokenSource_keepsItsLines(String source) {
        // Given
        long lines = source.lines().count();

        // When
        SourceText python = SourceText.read(source, SourceText.Language.PYTHON);
        SourceText java = SourceText.read(source, SourceText.Language.JAVA);

        // Then
        assertEquals(lines, python.text().size());
        assertEquals(lines, python.code().size());
        assertEquals(lines, java.text().size());
        assertEquals(lines, java.code().size());
    }
}
