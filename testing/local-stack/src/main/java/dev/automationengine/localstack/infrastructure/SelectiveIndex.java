package dev.automationengine.localstack.infrastructure;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.KeyConstraintError;

/**
 * A unique index that also serves filters which ask for more than its keys, such as {@code {_id: 1, org_id: 2}} for the
 * index on {@code _id}. As it comes, the server uses an index only for a filter of exactly its keys, and reads the whole
 * collection otherwise. What the index finds is still matched against the whole filter by the collection.
 *
 * @param <P> how a document's place is told
 */
final class SelectiveIndex<P> extends Index<P> {
    private final Index<P> index;

    SelectiveIndex(Index<P> index, boolean sparse) {
        super(index.getName(), index.getKeys(), sparse);
        this.index = index;
    }

    @Override
    public boolean canHandle(Document query) {
        return query.keySet().containsAll(keySet()) && index.canHandle(ofKeys(query));
    }

    @Override
    public Iterable<P> getPositions(Document query) {
        return index.getPositions(ofKeys(query));
    }

    private Document ofKeys(Document query) {
        Document keys = new Document();
        keySet().forEach(key -> keys.put(key, query.get(key)));
        return keys;
    }

    @Override
    public P getPosition(Document document) {
        return index.getPosition(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<P> collection) {
        index.checkAdd(document, collection);
    }

    @Override
    public void add(Document document, P position, MongoCollection<P> collection) {
        index.add(document, position, collection);
    }

    @Override
    public P remove(Document document) {
        return index.remove(document);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<P> collection) {
        index.checkUpdate(before, after, collection);
    }

    @Override
    public void updateInPlace(Document before, Document after, P position, MongoCollection<P> collection)
            throws KeyConstraintError {
        index.updateInPlace(before, after, position, collection);
    }

    @Override
    public long getCount() {
        return index.getCount();
    }

    @Override
    public boolean isEmpty() {
        return index.isEmpty();
    }

    @Override
    public long getDataSize() {
        return index.getDataSize();
    }

    @Override
    public boolean isUnique() {
        return index.isUnique();
    }

    @Override
    public void drop() {
        index.drop();
    }
}
