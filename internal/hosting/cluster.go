package hosting

// The steps of a way to a cluster and of the way back (§3.5), as Grown.Step names them, in this order.
const (
	// StepServers: the further servers are ordered and start.
	StepServers = "servers"
	// StepInstall: the products and the monitoring agent are installed on them, over the files of the first.
	StepInstall = "install"
	// StepBalancer: the load balancer is ordered and takes requests.
	StepBalancer = "balancer"
	// StepHealth: the further servers, then the first, answer through the load balancer.
	StepHealth = "health"
	// StepTraffic: the name is led to the load balancer; on the way back, to the first server.
	StepTraffic = "traffic"
	// StepPeople is the step of a cluster that is done, of a deployment whose name is not ours to lead: its users go on with
	// the address of the first server until people lead them to the load balancer's. On the way back it is the same.
	StepPeople = "people"
	// StepBackends: on the way back, servers are taken from behind the load balancer.
	StepBackends = "backends"
)
