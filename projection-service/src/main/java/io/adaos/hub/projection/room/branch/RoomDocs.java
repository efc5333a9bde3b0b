package io.adaos.hub.projection.room.branch;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.PendingLimits;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import java.util.LinkedHashMap;
import java.util.Map;

/** The documents of rooms: how they are made and how they look as plain JSON. */
public final class RoomDocs {

    private RoomDocs() {
    }

    /** A document with the five roots as maps, in which no update may wait for others. */
    public static Doc empty(long clientId) {
        Doc doc = new Doc(clientId, DecodeLimits.DEFAULT, PendingLimits.NONE);
        BranchWrite.ROOTS.forEach(doc::getMap);
        return doc;
    }

    /** All roots as plain JSON, the five of the layout first. */
    public static Map<String, Object> materialize(Doc doc) {
        Map<String, Object> roots = new LinkedHashMap<>();
        BranchWrite.ROOTS.forEach(root -> roots.put(root, doc.getMap(root).toJson()));
        doc.toJson().forEach(roots::putIfAbsent);
        return roots;
    }
}
