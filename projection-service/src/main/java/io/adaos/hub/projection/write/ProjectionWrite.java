package io.adaos.hub.projection.write;

import java.util.List;

/** One narrow write of plain JSON; the path is a root and the segments below it, unescaped. */
public sealed interface ProjectionWrite {

    /** Where. */
    List<String> path();

    /** Afterwards the path holds exactly this value; only leaves that differ are written. */
    record Put(List<String> path, Object value) implements ProjectionWrite {
        public Put {
            path = List.copyOf(path);
        }
    }

    /** Afterwards the path is a list of exactly these values; only those that differ move. */
    record Items(List<String> path, List<Object> values) implements ProjectionWrite {
        public Items {
            path = List.copyOf(path);
        }
    }

    /** Afterwards nothing is at the path. */
    record Remove(List<String> path) implements ProjectionWrite {
        public Remove {
            path = List.copyOf(path);
        }
    }
}
