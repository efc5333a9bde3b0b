package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.codec.StringCache;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A shared document that is byte-compatible with Yjs 13.6 (update format 1).
 *
 * <p>Replicas that have applied the same updates, in any order and any number of times, hold the
 * same content. A document is not thread-safe: whoever owns it lets one thread in at a time.
 */
public final class Doc {
    final StructStore store = new StructStore();
    final DeletedContent deletedContent;
    private final ClientStructs self;
    private final DecodeLimits limits;
    private final PendingUpdates pending;
    private final StringCache names = new StringCache();
    private KeyClients keyClients;  // null = every key is written under our own id
    private Observers observers;    // null until somebody observes
    private boolean inTransaction;
    private long transactions;  // begun so far
    private int deepest;        // depth of the deepest type there ever was

    /**
     * An empty document with the default limits.
     *
     * @param clientId number of this replica, 0..2^53-1; take a fresh random one for every
     *     document that is loaded, as two replicas that share one corrupt each other
     */
    public Doc(long clientId) {
        this(clientId, DecodeLimits.DEFAULT, PendingLimits.DEFAULT);
    }

    /** An empty document that takes updates within these limits. */
    public Doc(long clientId, DecodeLimits limits, PendingLimits pendingLimits) {
        this(clientId, limits, pendingLimits, DeletedContent.COLLECT);
    }

    /** An empty document that takes updates within these limits. */
    public Doc(long clientId, DecodeLimits limits, PendingLimits pendingLimits,
            DeletedContent deletedContent) {
        this.deletedContent = deletedContent;
        checkId(clientId);
        this.limits = limits;
        this.self = store.client(clientId);
        this.pending = new PendingUpdates(pendingLimits);
    }

    /** Number of this replica. */
    public long clientId() {
        return self.id;
    }

    ClientStructs self() {
        return self;
    }

    /**
     * Lets this replica write keys of roots that are overwritten often under client ids of their
     * own, so that what was overwritten there joins: roots cannot be rotated. From now on these
     * ids are this replica's: updates that hold new structs of them are refused.
     *
     * @param first the smallest of a run of ids, under the same conditions as that of the replica
     * @param last the greatest of them; each that is used costs some 30 bytes of the document
     * @throws IllegalStateException when it was called before
     */
    public void useKeyClients(long first, long last) {
        if (keyClients != null) {
            throw new IllegalStateException("keys have clients of their own already");
        }
        checkId(first);
        checkId(last);
        keyClients = new KeyClients(first, last);
    }

    /** All ids this replica writes under: its own and those it has for keys; a copy. */
    public Set<Long> ownClientIds() {
        Set<Long> own = new HashSet<>();
        own.add(self.id);
        if (keyClients != null) {
            keyClients.all().forEach(client -> own.add(client.id));
        }
        return own;
    }

    /** The client in whose name a key of a type is written next. */
    ClientStructs writerOf(TypeNode type, String key) {
        return keyClients == null || type.owner != null
                ? self : keyClients.writerOf(type, key, this);
    }

    private static void checkId(long clientId) {
        if (clientId < 0 || clientId > ByteReader.INTEGER_MAX) {
            throw new IllegalArgumentException("client id out of range: " + clientId);
        }
    }

    void noteDepth(int depth) {
        deepest = Math.max(deepest, depth);
    }

    /** Refuses to nest a new type deeper than an update may. */
    void checkDepth(TypeNode parent) {
        if (parent.depth >= limits.depthMax()) {
            throw new IllegalArgumentException(
                    "shared types nested deeper than " + limits.depthMax());
        }
    }

    /**
     * The root map of this name, empty when nobody wrote to it.
     *
     * @throws IllegalStateException when the root is used as another kind of type
     */
    public YMap getMap(String root) {
        return (YMap) rootOf(root, TypeKind.MAP).view(this);
    }

    /** The root array of this name; as {@link #getMap}. */
    public YArray getArray(String root) {
        return (YArray) rootOf(root, TypeKind.ARRAY).view(this);
    }

    /** The root text of this name; as {@link #getMap}. */
    public YText getText(String root) {
        return (YText) rootOf(root, TypeKind.TEXT).view(this);
    }

    /** The root XML fragment of this name; as {@link #getMap}. */
    public YXmlFragment getXmlFragment(String root) {
        return (YXmlFragment) rootOf(root, TypeKind.XML_FRAGMENT).view(this);
    }

    /** The root XML element of this name; as {@link #getMap}. */
    public YXmlElement getXmlElement(String root) {
        return (YXmlElement) rootOf(root, TypeKind.XML_ELEMENT).view(this);
    }

    /** The root XML text of this name; as {@link #getMap}. */
    public YXmlText getXmlText(String root) {
        return (YXmlText) rootOf(root, TypeKind.XML_TEXT).view(this);
    }

    private TypeNode rootOf(String name, TypeKind kind) {
        TypeNode node = store.root(AnyValue.wellFormed(name));
        if (node.kind == TypeKind.UNKNOWN) {
            node.kind = kind;
        }
        if (node.kind != kind) {
            throw new IllegalStateException(
                    "root '" + name + "' is used as " + node.kind + ", not as " + kind);
        }
        return node;
    }

    /**
     * Makes a local change and gives the update that carries it to others, empty when nothing was
     * changed.
     *
     * @param source why, for whoever looks at the transaction
     * @throws AbortedTransactionException when {@code work} throws; it holds the update of what
     *     was changed until then, which stays changed
     */
    public byte[] transact(String source, Consumer<Transaction> work) {
        Transaction transaction = begin(source, true);
        try {
            work.accept(transaction);
        } catch (RuntimeException e) {
            throw new AbortedTransactionException(e, end(transaction));
        }
        return end(transaction);
    }

    /**
     * Applies a foreign update and gives the update that was in fact carried out, which is empty
     * when it brought nothing new or must wait for others. Waiting structs that turn out to nest
     * types too deeply, or to begin with units that were collected, are dropped.
     *
     * @param source why, for whoever looks at the transaction
     * @throws MalformedUpdateException when the bytes are refused; the document is unchanged then
     */
    public byte[] apply(byte[] update, String source) throws MalformedUpdateException {
        return apply(decode(update, limits), source);
    }

    /**
     * Applies what was looked at, as it was read then.
     *
     * @throws IllegalStateException when it was proposed to another document, or this one has
     *     changed since
     * @throws MalformedUpdateException when there is no place for what would have to wait; the
     *     document is unchanged then
     */
    public byte[] apply(ProposedUpdate proposed, String source) throws MalformedUpdateException {
        if (proposed.doc != this || proposed.moment != transactions) {
            throw new IllegalStateException("the document is not the one that was looked at");
        }
        return apply(proposed.decoded, proposed.plan, source);
    }

    private byte[] apply(DecodedUpdate decoded, String source) throws MalformedUpdateException {
        return apply(decoded, planOf(decoded), source);
    }

    private byte[] apply(DecodedUpdate decoded, IntegrationPlan plan, String source)
            throws MalformedUpdateException {
        pending.checkRoom(decoded, plan, store);

        Transaction transaction = begin(source, false);
        carryOut(transaction, plan);
        pending.keep(plan, decoded.size(), store);
        decoded.deleted().forEach((client, clock, length) ->
                pending.deleteKnown(transaction, client, clock, length));
        pending.retryDeletes(transaction);
        retryPending(transaction);
        return end(transaction);
    }

    /**
     * Applies an update of this document's own past, such as its stored state: it may hold structs
     * of this replica itself, which goes on behind them. Nobody else may have used its ids since.
     *
     * @throws MalformedUpdateException when the bytes are refused; the document is unchanged then
     */
    public void restore(byte[] update, String source) throws MalformedUpdateException {
        apply(UpdateReader.read(update, limits, new ClientTable(store), names), source);
    }

    /** Integrates what waited for what came, then what waited for that, and so on. */
    private void retryPending(Transaction transaction) {
        List<StructBlock> woken = pending.wokenBy(transaction.changedClients());
        if (woken.isEmpty()) {
            return;
        }
        while (!woken.isEmpty()) {
            IntegrationPlan plan = IntegrationPlan.of(woken);
            if (NestingCheck.exceeds(plan, deepest, limits.depthMax())
                    || PlannedPlaces.tearItem(store, plan)) {
                pending.drop(woken);
                return;
            }
            carryOut(transaction, plan);
            woken = pending.wokenBy(pending.take(plan));
        }
        pending.retryDeletes(transaction);
    }

    /**
     * What applying a foreign update would do; the document is not touched.
     *
     * @throws MalformedUpdateException when the bytes would be refused
     */
    public UpdateFit fitOf(byte[] update) throws MalformedUpdateException {
        DecodedUpdate decoded = decode(update, limits);
        IntegrationPlan plan = planOf(decoded);
        return UpdateForecast.fitOf(store, decoded, plan);
    }

    /**
     * Everything that applying a foreign update would do, above all which paths it would touch;
     * the document is not touched. The cost is in proportion to the update and to what it deletes.
     *
     * @param pathsMax how many touched paths are wanted at most, at least 1; with more of them
     *     none is named and the preview is not complete
     * @throws MalformedUpdateException when the bytes would be refused
     */
    public UpdatePreview previewOf(byte[] update, int pathsMax) throws MalformedUpdateException {
        return propose(update, pathsMax, limits).preview();
    }

    /**
     * Reads a foreign update once, to be judged by its {@link ProposedUpdate#preview preview} and
     * then applied or forgotten; the document is not touched.
     *
     * @param pathsMax as in {@link #previewOf}
     * @param limits of this update, in place of the document's own
     * @throws MalformedUpdateException when the bytes would be refused
     */
    public ProposedUpdate propose(byte[] update, int pathsMax, DecodeLimits limits)
            throws MalformedUpdateException {
        DecodedUpdate decoded = decode(update, limits);
        IntegrationPlan plan = planOf(decoded);
        return new ProposedUpdate(this, transactions, decoded, plan,
                new UpdateForecast(store, decoded, plan, pathsMax).preview(!pending.isEmpty()));
    }

    private IntegrationPlan planOf(DecodedUpdate decoded) throws MalformedUpdateException {
        IntegrationPlan plan = IntegrationPlan.of(decoded.blocks());
        if (NestingCheck.exceeds(plan, deepest, limits.depthMax())) {
            throw new MalformedUpdateException(
                    "shared types nested deeper than " + limits.depthMax(), 0);
        }
        if (PlannedPlaces.tearItem(store, plan)) {
            throw new MalformedUpdateException("struct begins with units that were collected,"
                    + " though its parent was not", 0);
        }
        return plan;
    }

    /** Reads an update; nobody else may write in the name of this replica. */
    private DecodedUpdate decode(byte[] update, DecodeLimits within)
            throws MalformedUpdateException {
        DecodedUpdate decoded = UpdateReader.read(
                update, within, new ClientTable(store), names);
        for (StructBlock block : decoded.blocks()) {
            Struct last = block.structs.get(block.structs.size() - 1);
            if (last.end() > block.client.nextClock() && isOwn(block.client)) {
                throw new MalformedUpdateException("update holds new structs of client "
                        + block.client.id + ", which is this replica itself", 0);
            }
        }
        return decoded;
    }

    private boolean isOwn(ClientStructs client) {
        return client == self || keyClients != null && keyClients.isReserved(client.id);
    }

    private static void carryOut(Transaction transaction, IntegrationPlan plan) {
        for (Struct struct : plan.ready()) {
            transaction.integrator().integrate(struct);
        }
    }

    private Transaction begin(String source, boolean local) {
        if (inTransaction) {
            throw new IllegalStateException("a transaction is open already");
        }
        inTransaction = true;
        transactions++;
        return new Transaction(this, source, local);
    }

    private byte[] end(Transaction transaction) {
        RuntimeException failure = observers == null ? null : observers.tell(transaction);
        inTransaction = false;
        byte[] update = transaction.end();
        if (failure != null) {
            throw new AbortedTransactionException(failure, update);
        }
        return update;
    }

    /** Calls an observer after every transaction that changes something to see. */
    public Observation observe(DocObserver observer) {
        return observe(observer, null);
    }

    Observation observe(DocObserver observer, TypeNode scope) {
        if (observers == null) {
            observers = new Observers();
        }
        return observers.add(observer, scope);
    }

    /** How much of each client this document knows; what is pending does not count. */
    public StateVector stateVector() {
        return store.stateVector();
    }

    /** The whole document as one update. */
    public byte[] encodeStateAsUpdate() {
        return encodeStateAsUpdate(StateVector.EMPTY);
    }

    /** What a peer with this state vector lacks, all deletes, and what is pending here. */
    public byte[] encodeStateAsUpdate(StateVector known) {
        byte[] update = UpdateWriter.encodeState(store, known);
        if (pending.isEmpty()) {
            return update;
        }
        byte[] waiting = UpdateWriter.encodeBlocks(
                UpdateMerge.joinBlocks(pending.structBlocks()), pending.deletes());
        try {
            return UpdateMerge.merge(List.of(update, UpdateDiff.diff(waiting, known)));
        } catch (MalformedUpdateException e) {
            throw new AssertionError(e);
        }
    }

    /** This moment of the document; what is pending does not count. */
    public StateSnapshot snapshot() {
        return new StateSnapshot(UpdateWriter.deletesOf(store), store.stateVector());
    }

    /**
     * What this document was at an earlier moment, as an update for a fresh document. What was
     * deleted since must still have its content: see {@link DeletedContent#KEEP}.
     *
     * @throws IllegalStateException when the snapshot knows more than this document, or content
     *     that was visible then is collected; the message names the place
     */
    public byte[] encodeStateAt(StateSnapshot snapshot) {
        return new SnapshotView(store, snapshot).encode();
    }

    /** Whether updates have arrived that wait for others. */
    public boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Structs that wait for others. */
    public int pendingStructCount() {
        return pending.structCount();
    }

    /**
     * Drops what has waited for others for longer than {@link PendingLimits#ageMillisMax}. To be
     * called every now and then: what waits of a client gets its age from the first call that
     * finds it, so it goes at most one interval late, and anew when something that was missing
     * arrives. What was dropped is not lost, as the state vector never held it. Send that as a
     * sync step 1: each peer answers with everything that is missing, the dropped included.
     *
     * @param nowMillis any clock that runs evenly, in milliseconds
     * @return what was dropped, to be counted
     */
    public ExpiredPending expirePending(long nowMillis) {
        return pending.expire(nowMillis);
    }

    /** Structs in the document, deleted ones and remainders included. */
    public int structCount() {
        return store.structCount();
    }

    /** Items in the document that are not deleted. */
    public int liveItemCount() {
        return store.liveItemCount();
    }

    /**
     * The roots in use as plain JSON values: maps, lists and texts by the kind they were asked
     * for, XML as its text; a root nobody asked for as what its content looks like.
     */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (TypeNode root : store.roots()) {
            if (root.kind != TypeKind.UNKNOWN || !root.isEmpty()) {
                json.put(root.name, JsonView.PLAIN.of(root));
            }
        }
        return json;
    }
}
