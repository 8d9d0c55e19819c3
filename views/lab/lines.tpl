<ol class="lab-lines">
  % for line in lines:
  <li class="lab-line lab-{{line.kind.replace(" ", " lab-")}} lab-depth-{{line.depth}}"{{!f' id="{line.id}"' if line.id else ""}}>
    <div class="lab-row">
      <div class="lab-what">
        % if line.title:
        <p class="lab-title">
          % if line.href:
          <a href="{{address(f"{here}/{line.href}")}}"><code>{{line.title}}</code></a>
          % else:
          <code>{{line.title}}</code>
          % end
          % if line.given:
          <code class="lab-given">({{line.given}})</code>
          % end
          <span class="lab-label">{{line.label}}</span>
          % for mark in line.marks:
          <span class="lab-mark">{{mark}}</span>
          % end
        </p>
        % end
        % if line.changed:
        <p class="lab-changed">{{line.changed}}</p>
        % end
        % if line.error:
        <p class="lab-error">{{line.error}}</p>
        % end
        % words = ", ".join(filter(None, (line.about, line.plan)))
        % if words or line.place:
        <p class="lab-about">{{words}}
          % if line.place:
          <span class="lab-place">{{"· " if words else ""}}{{line.place}}</span>
          % end
        </p>
        % end
        % if line.sql:
        <details class="lab-statement">
          <summary>All of the statement<span class="unseen"> {{line.title}}</span></summary>
          <pre tabindex="0"><code>{{line.sql}}</code></pre>
          % if line.values:
          <p class="lab-values">with <code>{{line.values}}</code></p>
          % end
        </details>
        % end
        % if line.more:
        <details class="lab-more">
          <summary>{{line.more_words}}</summary>
          % include("lab/lines", record=record, lines=line.more, here=here, milliseconds=milliseconds, place_on_time=place_on_time)
        </details>
        % end
      </div>
      % if line.began is not None:
      % left, width = place_on_time(record, line)
      <div class="lab-when">
        <svg class="lab-bar" role="img" width="100%" height="14"><title>{{f"{line.began:.2f}"}} ms after the start, for {{milliseconds(line.ms)}}</title><rect x="{{f"{left:.2f}"}}%" y="2" width="{{f"{width:.2f}"}}%" height="10" rx="2"/></svg>
        <span class="lab-ms">{{milliseconds(line.ms) if line.ms else ""}}</span>
      </div>
      % end
    </div>
  </li>
  % end
</ol>
