/**
 * Actions at third parties: connectors told by YAML manifests, what they declare, and the runtime that performs one
 * action once.
 */
@NullMarked
package dev.automationengine.connectors.action;

import org.jspecify.annotations.NullMarked;
