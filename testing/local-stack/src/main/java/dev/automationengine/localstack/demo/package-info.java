/** The demonstration: an organization, the seed workflow, and one lead's way from webhook to CRM and WhatsApp. */
@NullMarked
package dev.automationengine.localstack.demo;

import org.jspecify.annotations.NullMarked;
