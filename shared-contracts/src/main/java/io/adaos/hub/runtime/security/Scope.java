package io.adaos.hub.runtime.security;

/**
 * What a credential may do; used as roles in {@code @RolesAllowed}.
 *
 * <p>{@link #ADMIN} implies every scope, {@code webspace:<id>:write} implies reading it, and every
 * credential has {@link #PUBLIC_READ}.
 */
public final class Scope {

    /** Catalog entries, rows, {@code registry.json}: open to all unless public reads are off. */
    public static final String PUBLIC_READ = "public:read";
    public static final String CATALOG_PUSH = "catalog:push";
    public static final String ACTIONS_PUBLISH = "actions:publish";
    public static final String KEYS_ADMIN = "keys:admin";
    public static final String OPERATIONS_RUN = "operations:run";
    public static final String OPERATIONS_READ = "operations:read";
    public static final String PROJECTION_WRITE = "projection:write";
    public static final String ADMIN = "admin";

    private Scope() {
    }

    /** To see a webspace's document. */
    public static String webspaceRead(String webspaceId) {
        return "webspace:" + webspaceId + ":read";
    }

    /** To write into a webspace's document as far as its rules allow. */
    public static String webspaceWrite(String webspaceId) {
        return "webspace:" + webspaceId + ":write";
    }

    /** To work on operations of a kind. */
    public static String work(String kind) {
        return "work:" + kind;
    }
}
