package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import io.adaos.hub.projection.crdt.id.StructId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says where shared types of a document are; each is looked for once. */
final class PathFinder {
    private final DeleteSet going;
    private final Map<TypeNode, Optional<DocPath>> found = new IdentityHashMap<>();

    /**
     * A finder for one moment.
     *
     * @param going units that are about to be deleted; what is inside of them has no path
     */
    PathFinder(DeleteSet going) {
        this.going = going;
    }

    /** The path of a type; empty when it, or something it is inside of, is deleted or will be. */
    Optional<DocPath> of(TypeNode type) {
        Deque<TypeNode> below = new ArrayDeque<>();
        TypeNode at = type;
        Optional<DocPath> path = found.get(at);
        while (path == null) {
            if (at.owner == null) {
                path = Optional.of(new DocPath(at.name, List.of()));
                found.put(at, path);
            } else if (isGone(at.owner)) {
                path = Optional.empty();
                found.put(at, path);
            } else {
                below.push(at);
                at = at.owner.type();
                path = found.get(at);
            }
        }
        while (!below.isEmpty()) {
            TypeNode next = below.pop();
            path = path.map(outer -> outer.with(stepTo(next.owner)));
            found.put(next, path);
        }
        return path;
    }

    private boolean isGone(Item owner) {
        return owner.isDeleted() || going.contains(owner.client().id, owner.clock());
    }

    private static PathStep stepTo(Item owner) {
        return owner.parentSub != null
                ? new PathStep.Key(owner.parentSub)
                : new PathStep.Element(new StructId(owner.client().id, owner.clock()));
    }
}
