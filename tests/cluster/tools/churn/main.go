// Command churn changes pods of the testbed at a steady rate, as controllers and kubelets would.
//
//	churn -server URL -ca FILE -cert FILE -key FILE -rate 200 -seconds 60
//
// Of a hundred changes, 89 set a pod's status (restarts, readiness), ten an annotation, one deletes a pod that its owner
// replaces, for which controllers and kubelet make about ten more. With -bare the record of who owns which field is
// taken off all pods before, and off their replacements from time to time: keeping it costs the API server a third of
// every change. Prints what it did; fails when
// less than nine tenths of the rate were reached or a change was refused.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

type owner struct {
	Kind       string `json:"kind"`
	Controller bool   `json:"controller"`
}

type containerStatus struct {
	Name         string `json:"name"`
	RestartCount int    `json:"restartCount"`
	Ready        bool   `json:"ready"`
}

type pod struct {
	Metadata struct {
		Namespace         string            `json:"namespace"`
		Name              string            `json:"name"`
		DeletionTimestamp string            `json:"deletionTimestamp"`
		OwnerReferences   []owner           `json:"ownerReferences"`
		ManagedFields     []json.RawMessage `json:"managedFields"`
	} `json:"metadata"`
	Status struct {
		Phase             string            `json:"phase"`
		ContainerStatuses []containerStatus `json:"containerStatuses"`
	} `json:"status"`
}

type churn struct {
	server  string
	client  *http.Client
	lock    sync.Mutex
	pods    []*pod
	done    atomic.Int64
	gone    atomic.Int64
	refused atomic.Int64
	last    atomic.Value
}

func fatal(format string, values ...any) {
	fmt.Fprintf(os.Stderr, "churn: "+format+"\n", values...)
	os.Exit(1)
}

func (c *churn) call(method, path, contentType string, body any) (int, []byte, error) {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, c.server+path, reader)
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("User-Agent", "quarterdeck-testbed-churn")
	request.Header.Set("Accept", "application/json")
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := c.client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, answer, err
}

// load fetches the pods that can be changed: running, owned, not on their way out.
func (c *churn) load() error {
	status, answer, err := c.call(http.MethodGet, "/api/v1/pods?resourceVersion=0", "", nil)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("listing pods was answered %d", status)
	}
	var list struct {
		Items []*pod `json:"items"`
	}
	if err := json.Unmarshal(answer, &list); err != nil {
		return err
	}
	var usable []*pod
	for _, one := range list.Items {
		if one.Status.Phase == "Running" && one.Metadata.DeletionTimestamp == "" &&
			len(one.Metadata.OwnerReferences) > 0 && len(one.Status.ContainerStatuses) > 0 {
			usable = append(usable, one)
		}
	}
	if len(usable) == 0 {
		return fmt.Errorf("no running pod is there to change")
	}
	c.lock.Lock()
	c.pods = usable
	c.lock.Unlock()
	return nil
}

// take hands a pod to one worker alone; give brings it back.
func (c *churn) take(random *rand.Rand) *pod {
	c.lock.Lock()
	defer c.lock.Unlock()
	if len(c.pods) == 0 {
		return nil
	}
	index := random.Intn(len(c.pods))
	one := c.pods[index]
	c.pods[index] = c.pods[len(c.pods)-1]
	c.pods = c.pods[:len(c.pods)-1]
	return one
}

func (c *churn) give(one *pod) {
	c.lock.Lock()
	c.pods = append(c.pods, one)
	c.lock.Unlock()
}

func (c *churn) change(random *rand.Rand) {
	one := c.take(random)
	if one == nil {
		return
	}
	path := "/api/v1/namespaces/" + one.Metadata.Namespace + "/pods/" + one.Metadata.Name
	var status int
	var answer []byte
	var err error
	switch kind := random.Intn(100); {
	case kind == 0:
		status, answer, err = c.call(http.MethodDelete, path, "", nil)
		if err == nil && status < 300 {
			c.done.Add(1)
			return
		}
	case kind <= 10:
		status, answer, err = c.call(http.MethodPatch, path, "application/merge-patch+json", map[string]any{
			"metadata": map[string]any{"annotations": map[string]string{"example.test/churn": fmt.Sprint(random.Int31())}}})
	default:
		container := &one.Status.ContainerStatuses[random.Intn(len(one.Status.ContainerStatuses))]
		container.RestartCount++
		container.Ready = !container.Ready
		status, answer, err = c.call(http.MethodPatch, path+"/status", "application/strategic-merge-patch+json",
			map[string]any{"status": map[string]any{"containerStatuses": []*containerStatus{container}}})
	}
	switch {
	case err != nil:
		c.refused.Add(1)
		c.last.Store(err.Error())
	case status == http.StatusNotFound:
		c.gone.Add(1) // its owner or a deletion was quicker
		return
	case status >= 300:
		c.refused.Add(1)
		c.last.Store(fmt.Sprintf("%s was answered %d: %s", path, status, answer))
	default:
		c.done.Add(1)
	}
	c.give(one)
}

// bare takes the record of field owners off a pod; the server keeps none for it from then on.
func (c *churn) bare(one *pod) {
	path := "/api/v1/namespaces/" + one.Metadata.Namespace + "/pods/" + one.Metadata.Name
	status, answer, err := c.call(http.MethodPatch, path, "application/merge-patch+json", map[string]any{
		"metadata": map[string]any{"managedFields": []map[string]any{{}}}})
	if err != nil {
		c.refused.Add(1)
		c.last.Store(err.Error())
	} else if status >= 300 && status != http.StatusNotFound {
		c.refused.Add(1)
		c.last.Store(fmt.Sprintf("%s was answered %d: %s", path, status, answer))
	}
}

// bareAll does so for all pods that have one.
func (c *churn) bareAll() {
	var all []*pod
	c.lock.Lock()
	for _, one := range c.pods {
		if len(one.Metadata.ManagedFields) > 0 {
			all = append(all, one)
		}
	}
	c.lock.Unlock()
	hand, finish := crew(func(turn int, _ *rand.Rand) { c.bare(all[turn]) })
	for turn := range all {
		hand <- turn
	}
	finish()
}

// crew runs work on as many goroutines as a small machine bears; finish waits for what was handed over.
func crew(work func(turn int, random *rand.Rand)) (hand chan<- int, finish func()) {
	const workers = 16
	turns := make(chan int, workers)
	var group sync.WaitGroup
	for number := range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			random := rand.New(rand.NewSource(int64(number)))
			for turn := range turns {
				work(turn, random)
			}
		}()
	}
	return turns, func() {
		close(turns)
		group.Wait()
	}
}

func main() {
	server := flag.String("server", "", "URL of the API server")
	authority := flag.String("ca", "", "file with the server's authority")
	certificate := flag.String("cert", "", "file with the client certificate")
	key := flag.String("key", "", "file with its key")
	rate := flag.Int("rate", 200, "changes a second")
	seconds := flag.Int("seconds", 60, "how long")
	bare := flag.Bool("bare", false, "take the record of field owners off all pods first")
	flag.Parse()
	pem, err := os.ReadFile(*authority)
	if err != nil {
		fatal("%v", err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	pair, err := tls.LoadX509KeyPair(*certificate, *key)
	if err != nil {
		fatal("%v", err)
	}
	if *rate < 1 || *seconds < 1 {
		fatal("the rate and the seconds are 1 or more")
	}
	c := &churn{server: *server, client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{pair}},
		ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 16}}}
	if err := c.load(); err != nil {
		fatal("%v", err)
	}

	if *bare {
		c.bareAll()
	}
	hand, finish := crew(func(_ int, random *rand.Rand) { c.change(random) })
	begun := time.Now()
	// Only deletions make the list old, a few in a hundred until then; to list them anew is dear for the server. One
	// too busy to answer is no reason to stop: the pods known so far go on.
	reload := time.NewTicker(5 * time.Minute)
	wanted := *rate * *seconds
	for turn := range wanted {
		if wait := time.Until(begun.Add(time.Duration(turn) * time.Second / time.Duration(*rate))); wait > 0 {
			time.Sleep(wait)
		} else if time.Since(begun) > time.Duration(*seconds)*time.Second {
			break
		}
		select {
		case <-reload.C:
			if err := c.load(); err != nil {
				fmt.Fprintf(os.Stderr, "churn: the pods were not listed anew: %v\n", err)
			} else if *bare {
				c.bareAll()
			}
		default:
		}
		hand <- turn
	}
	finish()
	took := time.Since(begun).Seconds()
	done := c.done.Load()
	fmt.Printf("%d changes in %.1f s (%.0f a second), %d pods were gone already, %d changes refused\n",
		done, took, float64(done)/took, c.gone.Load(), c.refused.Load())
	if c.refused.Load() > 0 {
		fatal("the last refusal: %v", c.last.Load())
	}
	if float64(done+c.gone.Load()) < 0.9*float64(wanted) {
		fatal("only %d of %d changes were made in the time", done, wanted)
	}
}
