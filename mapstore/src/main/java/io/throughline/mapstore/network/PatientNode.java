package io.throughline.mapstore.network;

import com.hazelcast.config.Config;
import com.hazelcast.config.EndpointConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.BuildInfoProvider;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.nio.IOUtil;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.ChannelInitializerFunction;
import java.util.function.Function;

/**
 * A member that connects to a silent one without harm. Hazelcast 5.7.0 writes its handshake at once and holds it back
 * until the other side has said its protocol; for as long as it is held back the thread that writes does nothing but try
 * again ({@code UnifiedProtocolEncoder} answers CLEAN where {@code SingleProtocolEncoder} answers BLOCKED). A paused
 * process never says it, though its system accepts the connection: so one paused member cost the others a writing thread
 * each, healthy members heard nothing of each other any more and fenced each other, and migrations stood for minutes.
 * With {@code advanced-network} Hazelcast takes the handlers that wait; here they are taken for every connection to
 * another member. Stateless.
 */
public final class PatientNode extends DefaultNodeContext {

    private PatientNode() {}

    /** As {@code Hazelcast.newHazelcastInstance}. An Enterprise member is started as it is: its connections may be encrypted. */
    public static HazelcastInstance start(Config config) {
        return HazelcastInstanceFactory.newHazelcastInstance(config, config.getInstanceName(), new PatientNode());
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return BuildInfoProvider.getBuildInfo().isEnterprise()
                ? super.createNodeExtension(node)
                : new DefaultNodeExtension(node) {
                    @Override
                    public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(
                            ServerContext context) {
                        return new Channels(context, node.getConfig());
                    }
                };
    }

    private static final class Channels extends ChannelInitializerFunction {

        Channels(ServerContext context, Config config) {
            super(context, config);
            init();
        }

        /** Who accepts a connection learns the protocol before it writes anything: that side doesn't spin. */
        @Override
        protected ChannelInitializer provideUnifiedChannelInitializer() {
            ChannelInitializer accepting = super.provideUnifiedChannelInitializer();
            EndpointConfig defaults = new ServerSocketEndpointConfig();
            ChannelInitializer connecting = provideMemberChannelInitializer(defaults);
            return channel -> {
                if (channel.isClientMode()) {
                    IOUtil.setChannelOptions(channel, defaults);
                    connecting.initChannel(channel);
                } else {
                    accepting.initChannel(channel);
                }
            };
        }
    }
}
