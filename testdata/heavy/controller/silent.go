package controller

import (
	"context"
	"net/http"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// Watching starts goroutines and makes channels, which is none of emitcheck's
// business here.
type Watching struct {
	client.Client
	watches map[string]chan struct{}
	watch   func(string, <-chan struct{})
}

// Reconcile is called for each object.
func (w *Watching) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	stop := make(chan struct{}) // silent: of a reconciler, only what it opens
	w.watches[req.String()] = stop
	go w.watch(req.Name, stop) // silent: of a reconciler, only what it opens
	time.Sleep(time.Second)    // silent: of a reconciler, only what it opens
	return ctrl.Result{RequeueAfter: time.Minute}, nil
}

// Closing closes what it opens.
type Closing struct {
	client.Client
	addr string
}

// Reconcile is called for each object.
func (c *Closing) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	conn, err := grpc.NewClient(c.addr, grpc.WithTransportCredentials(insecure.NewCredentials())) // silent: closed before the call returns
	if err != nil {
		return ctrl.Result{}, err
	}
	defer conn.Close()
	return ctrl.Result{}, conn.Invoke(ctx, "/sync", req.Name, nil)
}

// Cached has a connection for each cluster, made with its first object.
type Cached struct {
	client.Client
	mu    sync.Mutex
	conns map[string]*grpc.ClientConn
}

// Reconcile is called for each object.
func (c *Cached) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	conn, err := c.conn(req.Namespace)
	if err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{}, conn.Invoke(ctx, "/sync", req.Name, nil)
}

func (c *Cached) conn(cluster string) (*grpc.ClientConn, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if conn, ok := c.conns[cluster]; ok {
		return conn, nil
	}
	conn, err := grpc.NewClient(cluster) // silent: once for each key
	if err != nil {
		return nil, err
	}
	c.conns[cluster] = conn
	return conn, nil
}

// Clients makes clients of client-go and controller-runtime anew.
type Clients struct {
	client.Client
	config *rest.Config
}

// Reconcile is called for each object.
func (c *Clients) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	set, err := kubernetes.NewForConfig(c.config) // silent: the transport is from a cache
	if err != nil {
		return ctrl.Result{}, err
	}
	other, err := client.New(c.config, client.Options{}) // silent: the transport is from a cache
	if err != nil {
		return ctrl.Result{}, err
	}
	var pod corev1.Pod
	if err := other.Get(ctx, req.NamespacedName, &pod); err != nil {
		return ctrl.Result{}, err
	}
	_, err = set.CoreV1().Pods(req.Namespace).UpdateStatus(ctx, &pod, metav1.UpdateOptions{})
	return ctrl.Result{}, err
}

// Shared has its client from its constructor.
type Shared struct {
	client.Client
	http *http.Client
}

// NewShared makes it.
func NewShared(c client.Client) *Shared {
	return &Shared{c, &http.Client{Transport: &http.Transport{}}} // silent: once
}

// Reconcile is called for each object.
func (s *Shared) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	hc := &http.Client{Timeout: time.Second} // silent: it shares the default transport
	res, err := hc.Head(req.Name)
	if err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{}, res.Body.Close()
}

// Quick is a reconciler that is a function.
var Quick = reconcile.Func(func(context.Context, reconcile.Request) (reconcile.Result, error) {
	go all[0].Connect() // silent: of a reconciler, only what it opens
	return reconcile.Result{}, nil
})

// Runnable is added to a manager, and reconciles nothing.
type Runnable struct{ addr string }

// Start is called once.
func (r Runnable) Start(ctx context.Context) error {
	conn, err := connect(r.addr) // silent: no reconciler
	if err != nil {
		return err
	}
	all = append(all, conn)
	<-ctx.Done()
	return nil
}

// Reconcile has another signature.
func (r Runnable) Reconcile(ctx context.Context) error {
	_, err := connect(r.addr) // silent: no reconciler
	return err
}
