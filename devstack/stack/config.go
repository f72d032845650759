package stack

import (
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
)

const clusterName = "active"

// temporalConfig is a cluster of one, without archival, metrics or profiling.
func temporalConfig(st store, p ports) *config.Config {
	return &config.Config{
		Persistence: config.Persistence{
			DefaultStore:     "workflows",
			VisibilityStore:  "visibility",
			NumHistoryShards: st.shards,
			DataStores: map[string]config.DataStore{
				"workflows":  {SQL: st.workflows},
				"visibility": {SQL: st.visibility},
			},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{clusterName: {
				Enabled:                true,
				InitialFailoverVersion: 1,
				RPCAddress:             address(p.frontend),
				HTTPAddress:            address(p.http),
			}},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            p.services(),
		Archival: config.Archival{
			History:    config.HistoryArchival{State: "disabled"},
			Visibility: config.VisibilityArchival{State: "disabled"},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: "disabled"},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"},
		}},
		PublicClient: config.PublicClient{HostPort: address(p.frontend)},
	}
}

// knobs make the server fit for rehearsals: a contract's life in seconds means dense timers, runs that
// follow each other at once, and bursts that a production cluster would slow down.
func knobs() dynamicconfig.StaticClient {
	const unlimited = 1_000_000
	k := dynamicconfig.StaticClient{
		// A timer fires up to this late; the default of a second would be most of a rehearsal.
		dynamicconfig.TimerProcessorMaxTimeShift.Key(): 2 * time.Millisecond,
		// The next run of one workflow id may start at once.
		dynamicconfig.WorkflowIdReuseMinimalInterval.Key(): time.Duration(0),
		// Search attributes that the product adds at start-up are usable at once.
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key(): true,
		// A worker may ping as often as it likes, and a long test keeps its connection.
		dynamicconfig.KeepAliveMinTime.Key():          time.Second,
		dynamicconfig.KeepAliveMaxConnectionAge.Key(): 24 * time.Hour,
		// One partition is enough for one machine, and makes matching immediate.
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,
		// Sweeps that a private store does not need.
		dynamicconfig.TaskQueueScannerEnabled.Key(): false,
		dynamicconfig.HistoryScannerEnabled.Key():   false,
	}
	for _, limit := range []interface{ Key() dynamicconfig.Key }{
		dynamicconfig.FrontendRPS, dynamicconfig.FrontendMaxNamespaceRPSPerInstance,
		dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance,
		dynamicconfig.FrontendMaxNamespaceNamespaceReplicationInducingAPIsRPSPerInstance,
		dynamicconfig.FrontendNamespaceReplicationInducingAPIsRPS,
		dynamicconfig.FrontendPersistenceMaxQPS, dynamicconfig.HistoryPersistenceMaxQPS,
		dynamicconfig.MatchingPersistenceMaxQPS, dynamicconfig.WorkerPersistenceMaxQPS,
		dynamicconfig.HistoryRPS, dynamicconfig.MatchingRPS,
		dynamicconfig.VisibilityPersistenceMaxReadQPS, dynamicconfig.VisibilityPersistenceMaxWriteQPS,
	} {
		k[limit.Key()] = unlimited
	}
	return k
}

func describeNamespace() *workflowservice.DescribeNamespaceRequest {
	return &workflowservice.DescribeNamespaceRequest{Namespace: Namespace}
}
