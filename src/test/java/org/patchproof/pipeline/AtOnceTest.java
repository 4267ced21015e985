package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AtOnceTest {

    @Test
    void worksMeet() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(3);
        AtOnce.Work work = () -> {
            try {
                meeting.await(30, TimeUnit.SECONDS);
            } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
                throw new IOException("the others did not come", e);
            }
        };
        AtOnce.run(List.of(work, work, work));
        assertThat(meeting.isBroken()).isFalse();
    }

    @Test
    void oneAloneIsDoneHere() throws Exception {
        Thread here = Thread.currentThread();
        AtOnce.run(List.of(() -> assertThat(Thread.currentThread()).isSameAs(here)));
        AtOnce.run(List.of());
    }

    @Test
    void whatOneThrowsIsThrownWhenTheOthersHaveEnded() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        assertThatThrownBy(() -> AtOnce.run(List.of(
                        () -> {
                            begun.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                ended.set(true);
                            }
                        },
                        () -> {
                            begun.await();
                            throw new IOException("no room");
                        })))
                .isInstanceOf(IOException.class)
                .hasMessage("no room");
        assertThat(ended).isTrue();
    }

    @Test
    void anInterruptReachesThemAll() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch ended = new CountDownLatch(2);
        AtOnce.Work work = () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
        };
        AtomicBoolean thrown = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                AtOnce.run(List.of(work, work));
            } catch (InterruptedException e) {
                thrown.set(ended.getCount() == 0);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(thrown).isTrue();
    }
}
