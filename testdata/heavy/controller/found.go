// Package controller holds reconcilers of Kubernetes objects, which are asked
// for. What they open is reported, and no more.
package controller

import (
	"context"
	"net/http"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// PodReconciler makes its clients anew with each object.
type PodReconciler struct {
	client.Client
	Config *rest.Config
	remote map[string]*grpc.ClientConn
}

var _ reconcile.Reconciler = (*PodReconciler)(nil)

// SetupWithManager registers it.
func (r *PodReconciler) SetupWithManager(mgr ctrl.Manager) error {
	return ctrl.NewControllerManagedBy(mgr).For(&corev1.Pod{}).Complete(r)
}

// Reconcile is called for each object.
func (r *PodReconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	var pod corev1.Pod
	if err := r.Get(ctx, req.NamespacedName, &pod); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	conn, err := grpc.NewClient(pod.Status.PodIP+":9000", grpc.WithTransportCredentials(insecure.NewCredentials())) // want `Reconcile opens a resource on each call.*emit-resource`
	if err != nil {
		return ctrl.Result{}, err
	}
	r.remote[req.String()] = conn
	return ctrl.Result{}, nil
}

// Webhook has a client with a transport of its own for each object.
type Webhook struct {
	client.Client
	url string
}

// Reconcile is called for each object.
func (w *Webhook) Reconcile(ctx context.Context, req reconcile.Request) (reconcile.Result, error) {
	c := &http.Client{Transport: &http.Transport{}} // want `Reconcile opens a resource on each call`
	res, err := c.Head(w.url)
	if err != nil {
		return reconcile.Result{}, err
	}
	return reconcile.Result{}, res.Body.Close()
}

// key is a request of a type of one's own.
type key struct{ cluster, name string }

// Typed is a reconciler of such requests.
type Typed struct{ dial func() }

var _ reconcile.TypedReconciler[key] = Typed{}

// Reconcile is called for each request.
func (t Typed) Reconcile(ctx context.Context, k key) (reconcile.Result, error) {
	opened, err := connect(k.cluster) // want `Typed\.Reconcile → connect .*emit-resource`
	if err != nil {
		return reconcile.Result{}, err
	}
	all = append(all, opened)
	return reconcile.Result{}, nil
}

var all []*grpc.ClientConn

func connect(cluster string) (*grpc.ClientConn, error) {
	return grpc.NewClient(cluster, grpc.WithTransportCredentials(insecure.NewCredentials()))
}

// Func is a reconciler that is a function.
func Func(url string) reconcile.Reconciler {
	return reconcile.Func(func(ctx context.Context, _ reconcile.Request) (reconcile.Result, error) {
		c := http.Client{Transport: &http.Transport{DisableCompression: true}} // want `emit-resource`
		_, err := c.Head(url)
		return reconcile.Result{}, err
	})
}

// TypedFunc is such a one of other requests.
func TypedFunc() reconcile.TypedReconciler[key] {
	var f reconcile.TypedFunc[key] = func(_ context.Context, k key) (reconcile.Result, error) {
		c, err := connect(k.cluster) // want `→ connect .*emit-resource`
		if err == nil {
			all = append(all, c)
		}
		return reconcile.Result{}, err
	}
	return f
}
