{{/* One process of a service, with its disruption budget. Takes (list $ service process). */}}
{{- define "atrium.deployment" -}}
{{- $root := index . 0 }}{{- $service := index . 1 }}{{- $process := index . 2 }}
{{- $name := printf "%s-%s" (include "atrium.name" $root) $service }}
{{- $settings := include "atrium.process" . | fromYaml }}
{{- $scaled := and (hasKey $settings "autoscaling") (dig "autoscaling" "enabled" false $settings) }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}-{{ $process }}
  labels:
    {{- include "atrium.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ $service }}
    atrium/process: {{ $process }}
spec:
  {{- if not $scaled }}
  replicas: {{ $settings.replicas }}
  {{- end }}
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  selector:
    matchLabels: &labels
      {{- include "atrium.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ $service }}
      atrium/process: {{ $process }}
  template:
    metadata:
      labels: *labels
      {{- with $root.Values.podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "atrium.pod" $root | nindent 6 }}
      serviceAccountName: {{ $name }}
      # 3 s until no proxy sends requests here, 20 s for those under way, 20 s for the tasks to end.
      terminationGracePeriodSeconds: 45
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: *labels}
      initContainers:
        # Pods that start together wait for one another by an advisory lock.
        - name: migrate
          {{- include "atrium.container" (list $root $service) | nindent 10 }}
          args: [atrium_{{ $service }}, migrate]
          env:
            {{- include "atrium.env" . | nindent 12 }}
            {{- include "atrium.secret" (list "ATRIUM_DATABASE_OWNER_URL" (index $root.Values.services $service).database.existingSecret "owner-url") | nindent 12 }}
          resources: {{- toYaml $settings.resources | nindent 12 }}
      containers:
        - name: {{ $process }}
          {{- include "atrium.container" (list $root $service) | nindent 10 }}
          args: [atrium_{{ $service }}, {{ $process }}]
          env:
            {{- include "atrium.env" . | nindent 12 }}
            - {name: ATRIUM_DATABASE_POOL_SIZE, value: {{ $settings.databasePool | quote }}}
          ports:
            - {name: http, containerPort: 8000}
          startupProbe:
            httpGet: {path: /livez, port: http}
            periodSeconds: 1
            failureThreshold: 60
          livenessProbe:
            httpGet: {path: /livez, port: http}
            periodSeconds: 10
            timeoutSeconds: 3
          readinessProbe:
            httpGet: {path: /readyz, port: http}
            periodSeconds: 5
            timeoutSeconds: 3
          lifecycle:
            preStop: {sleep: {seconds: 3}}
          resources: {{- toYaml $settings.resources | nindent 12 }}
      volumes:
        {{- include "atrium.volumes" . | nindent 8 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}-{{ $process }}
  labels: {{- include "atrium.labels" $root | nindent 4 }}
spec:
  maxUnavailable: {{ $root.Values.maxUnavailable }}
  selector:
    matchLabels:
      {{- include "atrium.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ $service }}
      atrium/process: {{ $process }}
{{- if $scaled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}-{{ $process }}
  labels: {{- include "atrium.labels" $root | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ $name }}-{{ $process }}}
  minReplicas: {{ $settings.autoscaling.minReplicas }}
  maxReplicas: {{ $settings.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: {{ $settings.autoscaling.cpuUtilization }}}
{{- end }}
{{- end }}

{{- define "atrium.container" -}}
image: {{ include "atrium.image" . }}
imagePullPolicy: {{ (index . 0).Values.image.pullPolicy }}
{{ include "atrium.confined" (index . 0) }}
volumeMounts:
  {{- include "atrium.mounts" . | nindent 2 }}
{{- end }}
