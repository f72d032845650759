package aliyunsim

import "lvyue/internal/hosting"

// balancerKinds are the words by which the product's tags know the kinds; listeners have none here.
func balancerKinds() map[string]hosting.Kind {
	return map[string]hosting.Kind{"instance": hosting.LoadBalancer}
}

func tagBalancers(s *state, c call) (answer, error)     { return s.tag(c, balancerKinds()) }
func listBalancerTags(s *state, c call) (answer, error) { return s.tagsOf(c, balancerKinds()) }
