package io.throughline.localpostgres;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress into the test's log. */
final class PrintedProgress implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(PrintedProgress.class);

    @Override
    public void step(String place, String step) {
        LOG.info("{} {}", place, step);
    }
}
