package dev.automationengine.jobqueue;

class InMemoryJobQueueTest extends JobQueueContract {
    @Override
    JobQueue emptyQueue(int shards) {
        return new InMemoryJobQueue(clock);
    }
}
