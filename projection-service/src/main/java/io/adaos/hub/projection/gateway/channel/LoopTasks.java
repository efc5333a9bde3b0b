package io.adaos.hub.projection.gateway.channel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What waits to be done by one event loop, in order: a broadcast wakes it once, however many of its
 * sockets there are.
 */
final class LoopTasks implements Runnable {

    private static final Logger LOG = Logger.getLogger(LoopTasks.class);

    /** Something to do for one channel. */
    interface Task {

        Channel channel();

        /** @param last whether the task behind this one is for another channel */
        void run(boolean last);
    }

    private final EventLoop loop;
    private List<Task> waiting = new ArrayList<>();      // guarded by this
    private boolean asked;

    LoopTasks(EventLoop loop) {
        this.loop = loop;
    }

    /** Does this behind everything that was added before; any thread. */
    void add(Task task) {
        boolean ask;
        synchronized (this) {
            waiting.add(task);
            ask = !asked;
            asked = true;
        }
        if (ask) {
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        List<Task> tasks = take();
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            boolean last = i + 1 == tasks.size() || tasks.get(i + 1).channel() != task.channel();
            try {
                task.run(last);
            } catch (RuntimeException | Error e) {
                giveUp(task.channel(), e);
            }
        }
    }

    /** A reader that misses a frame would have another document: it must come back. */
    private static void giveUp(Channel channel, Throwable cause) {
        LOG.errorf(cause, "event=socket_write_failed channel=%s", channel.id());
        channel.close();
    }

    private synchronized List<Task> take() {
        List<Task> taken = waiting;
        waiting = new ArrayList<>(taken.size());
        asked = false;
        return taken;
    }
}
