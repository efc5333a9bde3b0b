package io.adaos.hub.projection.gateway.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTasksTest {

    private final EventLoop loop = new DefaultEventLoop();
    private final LoopTasks tasks = new LoopTasks(loop);
    private final Channel first = new LocalChannel();
    private final Channel second = new LocalChannel();
    private final List<String> done = new CopyOnWriteArrayList<>();

    LoopTasksTest() {
        loop.register(first).syncUninterruptibly();
        loop.register(second).syncUninterruptibly();
    }

    @AfterEach
    void end() {
        loop.shutdownGracefully();
    }

    @Test
    void tasks_areDoneInOrderAndKnowWhereTheirChannelEnds() {
        // Given
        CountDownLatch busy = busyLoop();

        // When
        add(first, "a");
        add(first, "b");
        add(second, "c");
        add(first, "d");
        busy.countDown();

        // Then
        await().until(() -> done.size() == 4);
        assertEquals(List.of("a", "b last", "c last", "d last"), done);
    }

    @Test
    void taskThatFails_endsItsChannelAndNoOther() {
        // Given
        tasks.add(new Task(first) {
            @Override
            public void run(boolean last) {
                throw new OutOfMemoryError("no memory for a frame");
            }
        });

        // When
        add(second, "a");

        // Then
        await().until(() -> done.equals(List.of("a last")) && !first.isOpen());
        assertTrue(second.isOpen());
        assertFalse(first.isOpen());
    }

    /** Keeps the loop from taking anything, until this is counted down. */
    private CountDownLatch busyLoop() {
        CountDownLatch latch = new CountDownLatch(1);
        loop.execute(() -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return latch;
    }

    private void add(Channel channel, String name) {
        tasks.add(new Task(channel) {
            @Override
            public void run(boolean last) {
                done.add(last ? name + " last" : name);
            }
        });
    }

    /** Something to do for a channel. */
    private abstract static class Task implements LoopTasks.Task {

        private final Channel channel;

        Task(Channel channel) {
            this.channel = channel;
        }

        @Override
        public Channel channel() {
            return channel;
        }
    }
}
