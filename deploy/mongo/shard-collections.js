// Shards every collection that belongs to tenants, by organization and then by id: one organization's documents lie
// together, a large one can be split, and every query that carries org_id goes to the shards that have it.
//
//   mongosh "mongodb://MONGOS/automation" deploy/mongo/shard-collections.js
//
// Run it before the first start (or at any time: a collection that is sharded already is left alone). A unique index on
// a sharded collection must begin with the shard key; ids are hashes that contain the organization, so the unique shard
// key here keeps each of them unique in the whole cluster.
//
// Not sharded, because they are found without an organization: organizations, api_keys and logins (the gateway looks
// there for the organization; its _id, the hash of an address, keeps an address from belonging to two users),
// login_attempts (counted whether or not there is such a user), setup_claims (of the first owner), unrouted_events (what
// arrived for nobody), queue_beats (a few numbers about Redis) and vault_rotation (one document).

const SHARD_KEY = { org_id: 1, _id: 1 };
const TENANT_COLLECTIONS = [
  "users",
  "sessions",
  "invitations",
  "audit_log",
  "events",
  "leads",
  "poll_states",
  "source_states",
  "workflows",
  "workflow_versions",
  "executions",
  "held_executions",
  "usages",
  "event_waits",
  "early_events",
  "dead_letters",
  "replays",
  "replay_results",
  "scheduled_jobs",
  "schedules",
  "credentials",
  "oauth_authorizations",
  "data_keys",
  "execution_logs",
  "message_deliveries",
  "subject_requests",
  "subject_findings",
];

const database = db.getName();
if (["test", "admin", "config", "local"].includes(database)) {
  throw new Error("name the engine's database in the connection string, not " + database);
}
const config = db.getSiblingDB("config");

sh.enableSharding(database);
for (const collection of TENANT_COLLECTIONS) {
  const namespace = database + "." + collection;
  const sharded = config.collections.findOne({ _id: namespace, unsplittable: { $ne: true } });
  if (sharded !== null) {
    if (EJSON.stringify(sharded.key) !== EJSON.stringify(SHARD_KEY)) {
      throw new Error(namespace + " is sharded by " + EJSON.stringify(sharded.key) + ": see sh.reshardCollection()");
    }
    print(namespace + ": already sharded");
    continue;
  }
  db.getCollection(collection).createIndex(SHARD_KEY, { unique: true });
  sh.shardCollection(namespace, SHARD_KEY, true);
  print(namespace + ": sharded");
}
