package dev.automationengine.localstack.simulator;

/** What one vendor answers to a call. */
@FunctionalInterface
interface VendorApi {
    /**
     * Answers the call, with all its effects.
     *
     * @throws Refused if the vendor would refuse it
     */
    Answer answer(Call call);
}
