/** The API as its document tells it: the document is the fleet's, and a client that is made of it works. */
@NullMarked
package dev.automationengine.systemtests.api;

import org.jspecify.annotations.NullMarked;
