% rebase("layout", title="Why a browser refused", made_by="lab/doctor/page.py → lab/doctor/diagnosis.py → views/lab/doctor.tpl")
% include("lab/rooms", room="doctor")
<h1>Why a browser refused</h1>
<p>A page on another origin asks this site, and it does not work. Here is what the site saw of the last requests that were
refused, and how to mend it.</p>

<h2 id="refused">What was refused</h2>
% if not refused:
<p class="empty">Nothing of a page elsewhere was refused. Do again what does not work, and <a href="{{address("/lab/doctor")}}">look again</a>.</p>
% end
% for each in refused:
<article class="refused">
  <h3><code>{{brief(each.seen.method)}} {{brief(each.seen.path)}}</code> <span class="hint">answered with {{each.seen.status}}{{f", {each.times} times" if each.times > 1 else ""}}</span></h3>
  <p class="byline">
    {{f"For a page at {brief(each.seen.page)}" if each.seen.page else "For a program"}} ·
    <a href="{{address(f"/lab/requests/{each.record.number}")}}">request {{each.record.number}}</a>
  </p>
  % for finding in each.findings:
  <p><strong>{{"" if finding.is_certain else "Perhaps: "}}{{finding.says}}</strong></p>
  <p>{{finding.cure}}</p>
  %   if finding.lines:
  <pre tabindex="0"><code>{{finding.lines}}</code></pre>
  %   end
  % end
  % if not each.findings:
  <p>The browser let it through, and the answer says why it was refused.</p>
  % end
</article>
% end

<h2 id="never-asked">Is it not among them?</h2>
<p>Then your browser never asked me. Open the page that does not work, press F12, and paste these lines into its
<em>console</em>. They tell which it is: a page on https and a backend that is not, the page's own policy, a wrong port or
address, or a browser that first wants to be allowed (Local Network Access).</p>
<details class="lines">
  <summary>The lines for the console</summary>
  <pre tabindex="0"><code>{{lines}}</code></pre>
</details>
<p>Or ask from outside, in the folder of the site, with the address of your page in place of the last one:</p>
<pre tabindex="0"><code>python -m models doctor {{here}} http://127.0.0.1:4000</code></pre>
